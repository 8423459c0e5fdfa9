/** Tells of trouble when it begins and when it is over, not at every turn of it. */
export interface Health {
  failed(error: Error): void;
  worked(): void;
}

export interface HealthEvents {
  readonly onFailure: (error: Error) => void;
  readonly onRecovery: () => void;
}

export function watchHealth({ onFailure, onRecovery }: HealthEvents): Health {
  let isFailing = false;
  return {
    failed: (error) => {
      if (!isFailing) onFailure(error);
      isFailing = true;
    },
    worked: () => {
      if (isFailing) onRecovery();
      isFailing = false;
    },
  };
}

/** Whether answers with this status have no body (RFC 9110, section 6.4.1). */
export function hasNoBody(status: number): boolean {
  return status === 204 || status === 304;
}

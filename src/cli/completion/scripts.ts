import type { Shell } from './shells.js';

/**
 * Each script passes on the words before the cursor, and hears a candidate a line, `value<tab>meaning`.
 * The last line is `:files` where the paths of files fit, else `:words`. In these texts `@{` stands for
 * the shell's `${`, which a template would take for its own.
 */
const SCRIPTS: Readonly<Record<Shell, string>> = {
  bash: String.raw`# Completion of inqud-hook for bash. In ~/.bashrc:
#   source <(inqud-hook completion bash)
_inqud_hook() {
  local line="@{COMP_LINE:0:COMP_POINT}" words=() answer value current cut='' breaks=''
  IFS=$' \t\n' read -ra words <<< "$line"
  [[ $line == *[[:space:]] ]] && words+=('')
  current="@{words[@{#words[@]}-1]}"
  # Bash replaces only what stands behind the last of these.
  [[ $COMP_WORDBREAKS == *:* ]] && breaks+=':'
  [[ $COMP_WORDBREAKS == *=* ]] && breaks+='='
  [[ -n $breaks ]] && cut="@{current%"@{current##*[$breaks]}"}"
  COMPREPLY=()
  while IFS= read -r answer; do
    case $answer in
      :files) compopt -o default 2> /dev/null ;;
      :words) ;;
      *)
        value="@{answer%%$'\t'*}"
        COMPREPLY+=("@{value#"$cut"}")
        ;;
    esac
  done < <(inqud-hook completion words -- "@{words[@]:1}" 2> /dev/null)
  if [[ @{#COMPREPLY[@]} -eq 1 && @{COMPREPLY[0]} == *[=:] ]]; then
    compopt -o nospace 2> /dev/null
  fi
}
complete -F _inqud_hook inqud-hook
`,

  zsh: String.raw`#compdef inqud-hook
# Completion of inqud-hook for zsh. In ~/.zshrc, below compinit:
#   source <(inqud-hook completion zsh)
_inqud-hook() {
  local -a typed whole begun
  local answer value
  local -i files=0
  (( CURRENT > 2 )) && typed=("@{(@Q)words[2,CURRENT-1]}")
  typed+=("@{(Q)PREFIX}")
  while IFS= read -r answer; do
    case $answer in
      :files) files=1 ;;
      :words) ;;
      *)
        value=@{answer%%$'\t'*}
        answer=@{value//:/\\:}@{@{answer#"$value"}/$'\t'/:}
        if [[ $value == *[=:] ]]; then begun+=("$answer"); else whole+=("$answer"); fi
        ;;
    esac
  done < <(inqud-hook completion words -- "@{typed[@]}" 2> /dev/null)
  (( $#whole )) && _describe -t words word whole
  (( $#begun )) && _describe -t words word begun -S ''
  if (( files )); then
    compset -P '*='
    _files
  fi
}
if [[ $funcstack[1] == _inqud-hook ]]; then
  _inqud-hook "$@"
else
  compdef _inqud-hook inqud-hook
fi
`,

  fish: String.raw`# Completion of inqud-hook for fish:
#   inqud-hook completion fish > ~/.config/fish/completions/inqud-hook.fish
function __inqud_hook_words
  set -l typed (commandline -opc)
  set -l current (commandline -ct)
  set -e typed[1]
  for answer in (inqud-hook completion words -- $typed "$current" 2>/dev/null)
    switch $answer
      case :words
      case :files
        set -l begun (string match -r '^.*=' -- "$current")
        for path in (__fish_complete_path (string replace -r '^.*=' '' -- "$current"))
          printf '%s%s\n' "$begun" $path
        end
      case '*'
        printf '%s\n' $answer
    end
  end
end
complete -c inqud-hook -f -a '(__inqud_hook_words)'
`,

  powershell: `# Completion of inqud-hook for PowerShell. In $PROFILE:
#   inqud-hook completion powershell | Out-String | Invoke-Expression
Register-ArgumentCompleter -Native -CommandName 'inqud-hook' -ScriptBlock {
  param($wordToComplete, $commandAst, $cursorPosition)
  $typed = @($commandAst.CommandElements | Select-Object -Skip 1 |
    Where-Object { $_.Extent.StartOffset -lt $cursorPosition } |
    ForEach-Object { $_.ToString().Trim("'", '"') })
  # Windows PowerShell passes no empty word on.
  $place = if ($wordToComplete -eq '') { @('--new-word') } else { @() }
  inqud-hook completion words @place '--' @typed 2>$null | ForEach-Object {
    # Where there is no candidate, PowerShell completes paths by itself.
    if ($_ -in ':files', ':words') { return }
    $value, $text = $_.Split([char]9, 2)
    if (-not $text) { $text = $value }
    [System.Management.Automation.CompletionResult]::new($value, $value, 'ParameterValue', $text)
  }
}
`,
};

/** The script with which a shell completes the words of this program. */
export function scriptFor(shell: Shell): string {
  return SCRIPTS[shell].replaceAll('@{', '${');
}

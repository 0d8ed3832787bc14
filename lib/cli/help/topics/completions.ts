/** How completions and the man page are installed. */
export const text = `A shell completes commands, flags, their values, files, claims, built-in jobs
and topics after the Tab key, also behind the = of a flag; the flags that turn
one off are among them once their n is typed. The script holds all of it and
starts no program: print it again after an upgrade.

bash, with the package bash-completion 2 (Debian, Fedora, Homebrew):

  mkdir -p ~/.local/share/bash-completion/completions
  tandem completions bash > ~/.local/share/bash-completion/completions/tandem

bash without it: add this line to ~/.bashrc:

  eval "$(tandem completions bash)"

zsh, in a folder of $fpath:

  mkdir -p ~/.zfunc
  tandem completions zsh > ~/.zfunc/_tandem

with these lines in ~/.zshrc:

  fpath+=~/.zfunc
  autoload -Uz compinit; compinit

fish:

  tandem completions fish > ~/.config/fish/completions/tandem.fish

PowerShell: add this line to the file that $PROFILE names. There, a built-in job
is written in quotes: '@primes'.

  tandem completions powershell | Out-String | Invoke-Expression

Then start a new shell. The scripts are tried in bash 5.2, zsh 5.9 and fish 3.6;
the one for PowerShell follows its manual, and was not run.

The man page:

  tandem help man | man -l -
  mkdir -p ~/.local/share/man/man1
  tandem help man > ~/.local/share/man/man1/tandem.1
`;

import type { CompletedCommand, Word } from "./places.ts";

/**
 * A script for PowerShell (`Register-ArgumentCompleter -Native`, in Microsoft's manual). Where it offers nothing, PowerShell itself
 * offers files.
 */
export function powershellScript(commands: readonly CompletedCommand[], defaultCommand: string): string {
  const flags = commands.flatMap(({ word, flags }) => flags.map((flag) => ({ command: word, flag })));
  const valued = flags.filter(({ flag }) => flag.place.words.length > 0);
  const taking = new Set(
    flags.filter(({ flag }) => flag.value === "next")
      .flatMap(({ flag: { word, short } }) => short === undefined ? [word] : [word, short]),
  );
  const operands = commands.flatMap(({ word, operands, rest }) => [
    ...operands.map((place, i) => ({ key: `${word} ${i}`, place })),
    ...rest === undefined ? [] : [{ key: `${word} rest`, place: rest }],
  ]).filter(({ place }) => place.words.length > 0);
  return `# Completes tandem in PowerShell. To install it, add this line to the file that $PROFILE names:
#   tandem completions powershell | Out-String | Invoke-Expression

Register-ArgumentCompleter -Native -CommandName 'tandem' -ScriptBlock {
    param($wordToComplete, $commandAst, $cursorPosition)

    # A word, and what is said of it
    $commands = ${pairs(commands)}
    $flags = @{
${
    commands.map(({ word, flags }) => {
      const spelt = flags.flatMap(({ word, short, about }) => [
        { word, about },
        ...short === undefined ? [] : [{ word: short, about }],
      ]);
      return `        ${quoted(word)} = ${pairs(spelt)}`;
    }).join("\n")
  }
    }
    # What takes flags back: offered where a word begins like that, as git does
    $negations = @{
${commands.map(({ word, negations }) => `        ${quoted(word)} = ${pairs(negations)}`).join("\n")}
    }
    # The words that the value of a flag may be
    $values = @{
${
    valued.map(({ command, flag: { word, place } }) =>
      `        ${quoted(`${command} ${word}`)} = ${pairs(place.words)}`
    )
      .join("\n")
  }
    }
    # The same of operands, by how many are before them
    $operands = @{
${operands.map(({ key, place }) => `        ${quoted(key)} = ${pairs(place.words)}`).join("\n")}
    }
    # The flags whose value is the next word
    $taking = @(${[...taking].map(quoted).join(", ")})

    $command = ''
    $valued = ''
    $dashes = $false
    $count = 0
    foreach ($element in $commandAst.CommandElements | Select-Object -Skip 1) {
        if ($element.Extent.EndOffset -ge $cursorPosition) { break }
        $word = $element.Extent.Text.Trim('''"')
        if ($valued) { $valued = '' }
        elseif ($dashes -or -not $word.StartsWith('-')) {
            if ($command) { $count++ } else { $command = $word }
        }
        elseif ($word -ceq '--') { $dashes = $true }
        elseif ($taking -ccontains $word) { $valued = $word }
    }

    $current = $wordToComplete.Trim('''"')
    $of = if ($command) { $command } else { ${quoted(defaultCommand)} }
    $head = ''
    if ($valued) {
        $offers = $values["$of $valued"]
    }
    elseif (-not $dashes -and $current -cmatch '^(--[^=]+=)(.*)$') {
        $head = $Matches[1]
        $current = $Matches[2]
        $offers = $values["$of $($head.TrimEnd('='))"]
    }
    elseif (-not $dashes -and $current.StartsWith('--n')) { $offers = $flags[$of] + $negations[$of] }
    elseif (-not $dashes -and $current.StartsWith('-')) { $offers = $flags[$of] }
    elseif (-not $command) { $offers = $commands }
    elseif ($operands.ContainsKey("$command $count")) { $offers = $operands["$command $count"] }
    else { $offers = $operands["$command rest"] }

    foreach ($offer in $offers) {
        $word, $about = $offer
        if (-not $word.StartsWith($current, [StringComparison]::Ordinal)) { continue }
        $kind = if ($word.StartsWith('-')) { 'ParameterName' } else { 'ParameterValue' }
        # A bare @ is PowerShell's own
        $text = if ($word.StartsWith('@')) { "'$word'" } else { "$head$word" }
        [System.Management.Automation.CompletionResult]::new($text, $word, $kind, $about)
    }
}
`;
}

/** An array of pairs. The comma in front keeps a single pair an array of one. */
function pairs(words: readonly Word[]): string {
  const all = words.map(({ word, about }) => `@(${quoted(word)}, ${quoted(about === "" ? word : about)})`);
  return `@(${all.length === 1 ? "," : ""}${all.join(", ")})`;
}

function quoted(text: string): string {
  return `'${text.replaceAll("'", "''")}'`;
}

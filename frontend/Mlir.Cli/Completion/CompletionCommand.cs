using System.CommandLine;
using System.CommandLine.Completions;

namespace Mlir.Cli.Completion;

/// <summary>Completion of the command line in the user's shell.</summary>
internal static class CompletionCommand
{
    private const string Bash = """
        # eval "$(./mlir completion bash)"
        _mlir_complete() {
            local IFS=$'\n'
            COMPREPLY=($("${COMP_WORDS[0]}" complete --position "$COMP_POINT" -- "$COMP_LINE" 2>/dev/null))
        }
        complete -o default -F _mlir_complete mlir ./mlir
        """;

    private const string Zsh = """
        # eval "$(./mlir completion zsh)"
        _mlir_complete() {
            local -a items
            items=("${(@f)$("${words[1]}" complete --position "$CURSOR" -- "$BUFFER" 2>/dev/null)}")
            [[ -n "${items[1]}" ]] && compadd -- "${items[@]}" || _files
        }
        compdef _mlir_complete mlir ./mlir
        """;

    private const string Fish = """
        # ./mlir completion fish | source
        function __mlir_complete
            set -l line (commandline -cp)
            set -l program (commandline -opc)[1]
            $program complete --position (string length -- "$line") -- "$line" 2>/dev/null
        end
        complete -c mlir -a '(__mlir_complete)'
        """;

    /// <summary>Prints the script that a shell evaluates.</summary>
    public static Command Create(Terminal terminal)
    {
        var shell = new Argument<string>("shell") { Description = "bash, zsh or fish" };
        shell.AcceptOnlyFromAmong("bash", "zsh", "fish");
        var command = new Command(
            "completion",
            "Print the completion script for a shell: eval \"$(./mlir completion bash)\""
        )
        {
            shell,
        };
        command.SetAction(parsed =>
        {
            var script = parsed.GetValue(shell) switch
            {
                "zsh" => Zsh,
                "fish" => Fish,
                _ => Bash,
            };
            terminal.Output.WriteLine(script);
        });
        return command;
    }

    /// <summary>What those scripts call: prints the words that may stand at a position of a line.</summary>
    public static Command CreateSuggest(Command root, Terminal terminal)
    {
        var position = new Option<int>("--position") { DefaultValueFactory = _ => int.MaxValue };
        var line = new Argument<string>("line");
        var command = new Command("complete") { position, line };
        command.Hidden = true;
        command.SetAction(parsed =>
        {
            var text = parsed.GetRequiredValue(line);
            var cut = text[..Math.Clamp(parsed.GetValue(position), 0, text.Length)];

            // The line begins with the program as the user called it.
            var rest = cut.TrimStart();
            var space = rest.IndexOf(' ');
            rest = space < 0 ? "" : rest[(space + 1)..];
            foreach (CompletionItem item in root.Parse(rest).GetCompletions(rest.Length))
            {
                terminal.Output.WriteLine(item.InsertText ?? item.Label);
            }
        });
        return command;
    }
}

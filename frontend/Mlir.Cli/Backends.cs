using System.CommandLine;
using Mlir.Backends;
using Mlir.Backends.Interpreter;

namespace Mlir.Cli;

/// <summary>The choice of a backend on the command line.</summary>
internal static class Backends
{
    /// <summary>The option that names one.</summary>
    public static Option<string?> Option()
    {
        var option = new Option<string?>("--target")
        {
            Description = "What runs the code: cpu or interpreter",
            HelpName = "name",
        };
        option.CompletionSources.Add(_ =>
            Jit.Compiler.Backends.Select(backend => new System.CommandLine.Completions.CompletionItem(backend.Name))
        );
        return option;
    }

    /// <summary>The backend of this name; without a name the first one that this machine can use, with one line if it is not the first.</summary>
    /// <exception cref="UsageException">There is no such backend, or it cannot be used here.</exception>
    public static Backend Choose(string? name, Terminal terminal)
    {
        var compiler = Jit.Compiler;
        if (name is not null && compiler.Backends.All(backend => backend.Name != name))
        {
            throw new UsageException(
                $"there is no target '{name}'; there are {string.Join(", ", compiler.Backends.Select(backend => backend.Name))}"
            );
        }

        var chosen = compiler.GetBackend(name);
        if (chosen.WhyUnavailable() is not { } reason)
        {
            return chosen;
        }

        if (name is not null)
        {
            throw new UsageException($"the target '{name}' cannot be used: {reason}");
        }

        terminal.Complain(
            $"the target '{chosen.Name}' cannot be used ({reason}): the interpreter runs instead, slowly"
        );
        return compiler.GetBackend(InterpreterBackend.Name);
    }
}

using System.CommandLine;
using Mlir.Backends;
using Mlir.Backends.Interpreter;
using Mlir.Cli.Run;

namespace Mlir.Cli;

/// <summary>The choice of a backend on the command line.</summary>
internal static class Backends
{
    /// <summary>The option that names one.</summary>
    /// <param name="mayBeRemote">Whether a server's address may stand there too.</param>
    public static Option<string?> Option(bool mayBeRemote = false)
    {
        var option = new Option<string?>("--target")
        {
            Description = mayBeRemote
                ? "What runs the code: cpu, interpreter, gpu, opencl or ptx here (see devices), or a server at its address (see serve)"
                : "What runs the code: cpu, interpreter, gpu, opencl or ptx (see devices)",
            HelpName = mayBeRemote ? "name|http://host:port|https://host:port|unix:/path" : "name",
        };
        option.CompletionSources.Add(_ =>
            Jit.Compiler.Backends.Select(backend => backend.Name)
                .Concat(mayBeRemote ? RemoteTarget.Schemes : [])
                .Select(word => new System.CommandLine.Completions.CompletionItem(word))
        );
        return option;
    }

    /// <summary>The backend of this name; without a name the first one that this machine can use, with one line if it is not the first.</summary>
    /// <param name="name">The name, or null.</param>
    /// <param name="terminal">Where the line goes.</param>
    /// <param name="mayBeRemote">Whether a server's address could have stood there too.</param>
    /// <exception cref="UsageException">There is no such backend, or it cannot be used here.</exception>
    public static Backend Choose(string? name, Terminal terminal, bool mayBeRemote = false)
    {
        var compiler = Jit.Compiler;
        if (name is not null && compiler.Backends.All(backend => backend.Name != name))
        {
            throw new UsageException(
                $"there is no target '{name}'; there are {string.Join(", ", compiler.Backends.Select(backend => backend.Name))}{(mayBeRemote ? ", or a server at http://host:port, https://host:port or unix:/path" : "")}"
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

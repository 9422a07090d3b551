using Mlir.Lowering;

namespace Mlir.Cli.Opt;

/// <summary>
/// Lets <c>opt</c> take passes as flags, as mlir-opt does: in the order given, with options after <c>=</c>, with one dash
/// or two.
/// </summary>
internal static class OptArguments
{
    /// <summary>The option that stands for any pass after normalisation.</summary>
    public const string Pass = "--pass";

    private static readonly string[] SingleDash =
    [
        "split-input-file",
        "verify-diagnostics",
        "allow-unregistered-dialect",
        "pass-pipeline",
        "verify-each",
    ];

    /// <summary>Rewrites <c>--canonicalize</c> to <c>--pass=canonicalize</c>, and one dash to two where MLIR allows one.</summary>
    /// <param name="args">The arguments as given.</param>
    public static string[] Normalize(string[] args)
    {
        if (args.Length == 0 || args[0] != "opt")
        {
            return args;
        }

        var names = PassRegistry.Default.PassNames.Concat(PassRegistry.Default.PipelineNames).ToHashSet();
        return
        [
            .. args.TakeWhile(arg => arg != "--").Select(arg => Normalize(arg, names)),
            .. args.SkipWhile(arg => arg != "--"),
        ];
    }

    private static string Normalize(string arg, HashSet<string> passes)
    {
        if (arg.Length < 2 || arg[0] != '-')
        {
            return arg;
        }

        var body = arg[(arg[1] == '-' ? 2 : 1)..];
        var name = body.Split('=', 2)[0];
        return passes.Contains(name) ? $"{Pass}={body}"
            : body is "verify-each=0" or "verify-each=1" ? $"--verify-each={(body[^1] == '1' ? "true" : "false")}"
            : SingleDash.Contains(name) || name.StartsWith("mlir-", StringComparison.Ordinal) ? $"--{body}"
            : arg;
    }
}

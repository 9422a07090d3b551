using System.Text;
using Mlir.Backends;

namespace Mlir;

/// <summary>A kernel at every stage of its compilation: MLIR as read from the lambda, after each pass, LLVM IR and assembly.</summary>
public sealed class KernelIr
{
    private readonly Lazy<IReadOnlyList<IrListing>> _stages;

    // A kernel that has no code before its first call has some later: the error is not kept.
    internal KernelIr(Func<IReadOnlyList<IrListing>> list) =>
        _stages = new Lazy<IReadOnlyList<IrListing>>(list, LazyThreadSafetyMode.PublicationOnly);

    /// <summary>The stages in order. The first use compiles the lambda once more, to write them down.</summary>
    /// <exception cref="InvalidOperationException">The kernel depends on the shapes of its arguments and was not called yet.</exception>
    public IReadOnlyList<IrListing> Stages => _stages.Value;

    /// <summary>The text of the stage <paramref name="name"/>.</summary>
    /// <exception cref="KeyNotFoundException">There is no such stage; the message lists those that there are.</exception>
    public string this[string name] =>
        Stages.FirstOrDefault(s => s.Stage == name)?.Text
        ?? throw new KeyNotFoundException(
            $"there is no stage '{name}'; there are {string.Join(", ", Stages.Select(s => $"'{s.Stage}'"))}"
        );

    /// <summary>All stages, each under a line with its name.</summary>
    public override string ToString()
    {
        var text = new StringBuilder();
        foreach (var stage in Stages)
        {
            text.Append("// -----// ")
                .Append(stage.Stage)
                .Append(" //----- //\n")
                .Append(stage.Text.TrimEnd())
                .Append("\n\n");
        }

        return text.ToString();
    }
}

using System.Collections.Immutable;
using Mlir.Dialects.Builtin;
using Mlir.IR;
using Mlir.Runtime;

namespace Mlir.Backends;

/// <summary>
/// The table that the lowering of <c>cf.assert</c> leaves on a module: <c>mlir.errors</c>, an array of dictionaries with the strings
/// <c>type</c>, <c>message</c> and <c>location</c>. A kernel's status is 1 + an index into it.
/// </summary>
public static class ErrorTable
{
    /// <summary>The module's attribute.</summary>
    public const string AttributeName = "mlir.errors";

    /// <summary>Reads the table; a module without one cannot fail.</summary>
    /// <param name="module">A lowered module.</param>
    public static ImmutableArray<KernelError> Read(ModuleOp module)
    {
        ArgumentNullException.ThrowIfNull(module);
        return module.Discardable[AttributeName] is ArrayAttr table
            ? [.. table.Items.Select(static item => Read((DictionaryAttr)item))]
            : [];
    }

    /// <summary>The attribute for a table.</summary>
    /// <param name="errors">The errors, in the order of their status codes.</param>
    public static ArrayAttr ToAttribute(IEnumerable<KernelError> errors)
    {
        ArgumentNullException.ThrowIfNull(errors);
        return ArrayAttr.Get([
            .. errors.Select(static error =>
                (IrAttribute)DictionaryAttr.Get(
                    new NamedAttribute("type", StringAttr.Get(error.TypeName)),
                    new NamedAttribute("message", StringAttr.Get(error.Message)),
                    new NamedAttribute("location", StringAttr.Get(error.Location))
                )
            ),
        ]);
    }

    private static KernelError Read(DictionaryAttr entry) =>
        new(Text(entry, "type"), Text(entry, "message"), Text(entry, "location"));

    private static string Text(DictionaryAttr entry, string key) => entry[key] is StringAttr text ? text.Value : "";
}

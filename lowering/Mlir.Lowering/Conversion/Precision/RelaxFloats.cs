using Mlir.Dialects.Arith;
using Mlir.IR;

namespace Mlir.Lowering;

/// <summary>Allows every liberty with every floating-point operation: <c>fastmath&lt;fast></c>.</summary>
/// <example><code>
/// %r = arith.addf %a, %b : f64
/// →
/// %r = arith.addf %a, %b fastmath&lt;fast> : f64
/// </code></example>
[Pass("relax-floats")]
public sealed partial record RelaxFloats : Pass
{
    /// <summary>The attribute that says which liberties an operation allows.</summary>
    internal const string Attribute = "fastmath";

    /// <inheritdoc/>
    public override void Run(Operation op, PassContext context) => Apply(op);

    /// <summary>Allows every liberty inside <paramref name="root"/>.</summary>
    public static void Apply(Operation root)
    {
        ArgumentNullException.ThrowIfNull(root);
        foreach (var op in root.Walk().Where(HasFlags))
        {
            op.SetAttribute(Attribute, EnumAttr<FastMathFlags>.Get(FastMathFlags.Fast));
        }
    }

    /// <summary>The liberties that <paramref name="op"/> allows.</summary>
    internal static FastMathFlags Of(Operation op) =>
        op.GetAttribute(Attribute) is EnumAttr<FastMathFlags> { Value: var flags } ? flags : FastMathFlags.None;

    /// <summary>Whether operations of this kind say what may be done with them.</summary>
    internal static bool HasFlags(Operation op) => op.Definition.AttributeNames.Contains(Attribute);
}

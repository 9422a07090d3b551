using Microsoft.CodeAnalysis;

namespace Mlir.Tests.IR.Generators;

/// <summary>Each wrong definition is reported where it is wrong, and nothing is generated for it.</summary>
public sealed class DiagnosticTests
{
    private const string Pass = """
        namespace Mlir.Lowering
        {
            [AttributeUsage(AttributeTargets.Class)] public sealed class PassAttribute(string name) : Attribute { public string Name => name; }
            public abstract record Pass { public abstract string Name { get; } public virtual string OptionsText => ""; }
        }

        """;

    // The part between ‹ and › is where the diagnostic points to.
    [TestCase(
        "MLIRGEN001",
        "[Op(\"t.x\")] public sealed class ‹XOp› : Operation { }",
        "partial, so that the generator can add to it"
    )]
    [TestCase("MLIRGEN001", "[Op(\"t.x\")] public partial class ‹XOp› : Operation { }", "must be sealed")]
    [TestCase("MLIRGEN001", "[Op(\"t.x\")] public sealed partial class ‹XOp› { }", "must be derived from Operation")]
    [TestCase(
        "MLIRGEN001",
        "public static partial class Outer { [Op(\"t.x\")] public sealed partial class ‹XOp› : Operation { } }",
        "directly in a namespace"
    )]
    [TestCase(
        "MLIRGEN001",
        "[Op(\"t.x\")] public sealed partial class ‹XOp›<T> : Operation { }",
        "free of type parameters"
    )]
    [TestCase(
        "MLIRGEN002",
        "[Op(‹\"x\"›)] public sealed partial class XOp : Operation { }",
        "'x' is not a name of the form 'dialect.name'"
    )]
    [TestCase("MLIRGEN002", "[Op(‹\"t.\"›)] public sealed partial class XOp : Operation { }", "dialect.name")]
    [TestCase(
        "MLIRGEN003",
        "[Op(\"t.x\")] public sealed partial class XOp : Operation { [Operand<AnyType>] public Value ‹X› => Operands[0]; }",
        "'X' must be an instance property declared 'partial'"
    )]
    [TestCase(
        "MLIRGEN004",
        "[Op(\"t.x\")] public sealed partial class XOp : Operation { [Operand<AnyType>] public partial ‹OpResult› X { get; } }",
        "must have type Value, Value? or OperandList, not 'OpResult'"
    )]
    [TestCase(
        "MLIRGEN004",
        "[Op(\"t.x\")] public sealed partial class XOp : Operation { [Result<AnyType>] public partial ‹Value› X { get; } }",
        "OpResult, OpResult? or IReadOnlyList<OpResult>"
    )]
    [TestCase(
        "MLIRGEN004",
        "[Op(\"t.x\")] public sealed partial class XOp : Operation { [Attr] public partial ‹DateTime› X { get; } }",
        "an attribute class"
    )]
    [TestCase(
        "MLIRGEN004",
        "[Op(\"t.x\")] public sealed partial class XOp : Operation { [Region] public partial ‹Block› X { get; } }",
        "Region, or"
    )]
    [TestCase(
        "MLIRGEN004",
        "[Op(\"t.x\")] public sealed partial class XOp : Operation { [Successor] public partial IReadOnlyList<Block> X { get; } [Successor] public partial ‹Block› Y { get; } }",
        "as the last successor"
    )]
    [TestCase(
        "MLIRGEN005",
        "[Op(\"t.x\")] public sealed partial class XOp : Operation { [Result(SameTypeAs = \"Y\")] public partial OpResult ‹X› { get; } }",
        "'Y' is no part of the operation"
    )]
    [TestCase(
        "MLIRGEN005",
        "[Op(\"t.x\")] public sealed partial class XOp : Operation { [Attr] public partial StringAttr Y { get; } [Result(SameTypeAs = \"Y\")] public partial OpResult ‹X› { get; } }",
        "'Y' is an attribute without a type of its own"
    )]
    [TestCase(
        "MLIRGEN005",
        "[Op(\"t.x\")] public sealed partial class XOp : Operation { [Operand<AnyType>] public partial OperandList Y { get; } [Result(SameTypeAs = \"Y\")] public partial OpResult ‹X› { get; } }",
        "'Y' is a group of values"
    )]
    [TestCase(
        "MLIRGEN006",
        "[Op(\"t.x\")] public sealed partial class XOp : Operation { [Result(InferredBy = \"F\")] public partial OpResult ‹X› { get; } }",
        "'F' is no static method"
    )]
    [TestCase(
        "MLIRGEN006",
        "[Op(\"t.x\")] public sealed partial class XOp : Operation { [Result(InferredBy = \"F\")] public partial OpResult ‹X› { get; } static int F() => 0; }",
        "must return IrType"
    )]
    [TestCase(
        "MLIRGEN006",
        "[Op(\"t.x\")] public sealed partial class XOp : Operation { [Result(InferredBy = \"F\")] public partial OpResult ‹X› { get; } static IrType F(IrType z) => z; }",
        "parameter 'z' that matches no other"
    )]
    [TestCase(
        "MLIRGEN006",
        "[Op(\"t.x\")] public sealed partial class XOp : Operation { [Operand<AnyType>] public partial Value Y { get; } [Operand<AnyType>(InferredBy = \"F\")] public partial Value ‹X› { get; } static IrType F(Value y) => y.Type; }",
        "must take the type of 'Y'"
    )]
    [TestCase(
        "MLIRGEN007",
        "[Op(\"t.x\", Format = \"‹`a attr-dict›\")] public sealed partial class XOp : Operation { }",
        "no closing"
    )]
    [TestCase(
        "MLIRGEN007",
        "[Op(\"t.x\", Format = \"‹a› attr-dict\")] public sealed partial class XOp : Operation { }",
        "'a' is no directive"
    )]
    [TestCase(
        "MLIRGEN007",
        "[Op(\"t.x\", Format = \"‹,› attr-dict\")] public sealed partial class XOp : Operation { }",
        "',' cannot stand here"
    )]
    [TestCase(
        "MLIRGEN007",
        "[Op(\"t.x\", Format = @\"‹`a b`› attr-dict\")] public sealed partial class XOp : Operation { }",
        "'a b' is no literal"
    )]
    [TestCase(
        "MLIRGEN007",
        "[Op(\"t.x\", Format = \"‹$x› attr-dict `:` type($x)\")] public sealed partial class XOp : Operation { [Result<AnyType>] public partial OpResult X { get; } }",
        "only its type can stand here"
    )]
    [TestCase(
        "MLIRGEN008",
        "[Op(\"t.x\", Format = \"attr-dict ‹$z›\")] public sealed partial class XOp : Operation { [Attr] public partial long X { get; } }",
        "'$z' is no operand, result, attribute, region or successor of this operation; there are: $x"
    )]
    [TestCase(
        "MLIRGEN009",
        "[Op(\"t.x\", Format = \"‹attr-dict›\")] public sealed partial class XOp : Operation { [Operand<AnyType>] public partial Value X { get; } }",
        "The format has no '$x'"
    )]
    [TestCase(
        "MLIRGEN009",
        "[Op(\"t.x\", Format = \"‹`a`›\")] public sealed partial class XOp : Operation { }",
        "The format has no 'attr-dict'"
    )]
    [TestCase(
        "MLIRGEN009",
        "[Op(\"t.x\", Format = \"‹attr-dict›\")] public sealed partial class XOp : Operation { [Region] public partial Region X { get; } }",
        "'$x' (or 'regions')"
    )]
    [TestCase(
        "MLIRGEN010",
        "[Op(\"t.x\", Format = \"‹$x attr-dict›\")] public sealed partial class XOp : Operation { [Operand<AnyType>] public partial Value X { get; } }",
        "The type of operand 'X' is neither in the format nor inferable: add 'type($x)'"
    )]
    [TestCase(
        "MLIRGEN010",
        "[Op(\"t.x\", Format = \"‹attr-dict›\")] public sealed partial class XOp : Operation { [Result<AnyType>] public partial OpResult X { get; } }",
        "result 'X'"
    )]
    [TestCase(
        "MLIRGEN011",
        "[Op(\"t.x\", Format = \"‹(›`a`)? attr-dict\")] public sealed partial class XOp : Operation { }",
        "has no anchor"
    )]
    [TestCase(
        "MLIRGEN011",
        "[Op(\"t.x\", Format = \"(‹`›a`^)? attr-dict\")] public sealed partial class XOp : Operation { }",
        "something that can be absent"
    )]
    [TestCase(
        "MLIRGEN011",
        "[Op(\"t.x\", Format = \"`a`‹^› attr-dict\")] public sealed partial class XOp : Operation { }",
        "no meaning outside"
    )]
    [TestCase(
        "MLIRGEN011",
        "[Op(\"t.x\", Format = \"(`a` $x^ ‹$y› `:` type($x))? attr-dict `:` type($y)\")] public sealed partial class XOp : Operation { [Operand<AnyType>] public partial OperandList X { get; } [Operand<AnyType>] public partial Value Y { get; } }",
        "must always be there"
    )]
    [TestCase(
        "MLIRGEN011",
        "[Op(\"t.x\", Format = \"(‹$›m^)? attr-dict\")] public sealed partial class XOp : Operation { [Attr] public partial AffineMap? M { get; } }",
        "cannot see whether the group is there"
    )]
    [TestCase(
        "MLIRGEN012",
        "[Op(\"t.x\", Format = \"‹custom›<Form>($m) attr-dict\")] public sealed partial class XOp : Operation { [Attr] public partial long M { get; } }",
        "needs a static method 'ParseForm'"
    )]
    [TestCase(
        "MLIRGEN013",
        "[Op(\"t.x\", Format = \"attr-dict\")] public sealed partial class ‹XOp› : Operation { static void ParseCustom(AsmParser p, OperationState s) { } }",
        "keep one"
    )]
    [TestCase(
        "MLIRGEN013",
        "[Op(\"t.x\")] public sealed partial class ‹XOp› : Operation { static void ParseCustom(AsmParser p, OperationState s) { } }",
        "does not print it"
    )]
    [TestCase(
        "MLIRGEN013",
        "[Op(\"t.x\")] public sealed partial class ‹XOp› : Operation { public override void Print(AsmPrinter p) { } }",
        "cannot parse it"
    )]
    [TestCase("MLIRGEN015", "[Dialect(\"t\")] public sealed class ‹TDialect› { }", "must be partial")]
    [TestCase(
        "MLIRGEN015",
        "[Dialect(\"t.\")] public sealed partial class ‹TDialect› : Dialect { }",
        "named by an identifier"
    )]
    [TestCase(
        "MLIRGEN016",
        Pass + "namespace N { [Mlir.Lowering.Pass(\"p\")] public sealed partial class ‹P› { } }",
        "must be a record"
    )]
    [TestCase(
        "MLIRGEN016",
        Pass + "namespace N { [Mlir.Lowering.Pass(\"P x\")] public sealed partial record ‹P› : Mlir.Lowering.Pass; }",
        "small letters, digits and dashes"
    )]
    [TestCase(
        "MLIRGEN017",
        Pass
            + "namespace N { [Mlir.Lowering.Pass(\"p\")] public sealed partial record P(‹int X›) : Mlir.Lowering.Pass; }",
        "Option 'X' has type 'int'"
    )]
    [TestCase(
        "MLIRGEN017",
        Pass
            + "namespace N { [Mlir.Lowering.Pass(\"p\")] public sealed partial record P(‹object? X = null›) : Mlir.Lowering.Pass; }",
        "options are int, long"
    )]
    [TestCase(
        "MLIRGEN018",
        "public static class Rules { [Simplify] public static Value? ‹F›(Operation op, PatternRewriter r) => null; }",
        "'F' must be an accessible method"
    )]
    [TestCase(
        "MLIRGEN019",
        "[Op(\"t.x\")] public sealed partial class XOp : Operation { [Attr(Type = \"x7\")] public partial long ‹X› { get; } }",
        "'x7' is not the keyword"
    )]
    [TestCase(
        "MLIRGEN019",
        "[Op(\"t.x\")] public sealed partial class XOp : Operation { [Attr(Default = \"1\")] public partial long? ‹X› { get; } }",
        "drop the '?'"
    )]
    [TestCase(
        "MLIRGEN020",
        "[Op(\"t.x\", Format = \"$x `,` ‹$›x attr-dict `:` type($x)\")] public sealed partial class XOp : Operation { [Operand<AnyType>] public partial Value X { get; } }",
        "'$x' stands in the format twice"
    )]
    [TestCase(
        "MLIRGEN021",
        "[Op(\"t.x\")] public sealed partial class XOp : Operation { [Attr(Name = \"y\")] public partial long X { get; } [Attr] public partial long ‹Y› { get; } }",
        "used by the properties 'X' and 'Y'"
    )]
    [TestCase(
        "MLIRGEN011",
        "[Op(\"t.x\", Format = \"‹$m› attr-dict\")] public sealed partial class XOp : Operation { [Attr] public partial bool M { get; } }",
        "has no text of its own"
    )]
    [TestCase(
        "MLIRGEN011",
        "[Op(\"t.x\", Format = \"$y (`a` $x^ `:` ‹type($y)›)? attr-dict\")] public sealed partial class XOp : Operation { [Operand<AnyType>(SameTypeAs = \"Y\")] public partial OperandList X { get; } [Operand<AnyType>] public partial Value Y { get; } }",
        "must always be there"
    )]
    [TestCase(
        "MLIRGEN011",
        "[Op(\"t.x\", Format = \"(`a` $x^ `:` ‹functional-type›($x, results))? attr-dict\")] public sealed partial class XOp : Operation { [Operand<AnyType>] public partial OperandList X { get; } }",
        "must always be there"
    )]
    [TestCase(
        "MLIRGEN010",
        "[Op(\"t.x\", Format = \"‹$x attr-dict `:` type($x)›\")] public sealed partial class XOp : Operation { [Operand<AnyType>] public partial Value X { get; } [Result(SameTypeAs = \"X\")] public partial OpResult? Y { get; } }",
        "result 'Y'"
    )]
    public void A_wrong_definition_is_reported_at_its_place(string id, string source, string message)
    {
        var start = source.IndexOf('‹', StringComparison.Ordinal);
        var end = source.IndexOf('›', StringComparison.Ordinal) - 1;
        var (diagnostics, _, _) = Snippet.Run(
            source.Replace("‹", "", StringComparison.Ordinal).Replace("›", "", StringComparison.Ordinal)
        );
        Assert.That(diagnostics.Select(d => d.Id), Is.EqualTo(new[] { id }));
        Assert.That(diagnostics[0].GetMessage(), Does.Contain(message));
        Assert.That(diagnostics[0].Severity, Is.EqualTo(Microsoft.CodeAnalysis.DiagnosticSeverity.Error));
        Assert.That(
            (diagnostics[0].Location.SourceSpan.Start, diagnostics[0].Location.SourceSpan.End),
            Is.EqualTo((start, end))
        );
    }

    [Test]
    public void A_name_used_twice_is_reported_with_both_classes()
    {
        var (diagnostics, _, _) = Snippet.Run(
            "[Op(\"t.x\")] public sealed partial class AOp : Operation { }",
            "[Op(\"t.x\")] public sealed partial class BOp : Operation { }"
        );
        Assert.That(diagnostics.Select(d => d.Id), Is.EqualTo(new[] { "MLIRGEN014" }));
        Assert.That(diagnostics[0].GetMessage(), Is.EqualTo("The operation name 't.x' is used by 'AOp' and 'BOp'"));
    }

    [Test]
    public void A_wrong_operation_leaves_the_others_alone()
    {
        var (diagnostics, sources, _) = Snippet.Run(
            "[Op(\"t.x\", Format = \"`a`\")] public sealed partial class XOp : Operation { }",
            "[Op(\"t.y\", Format = \"attr-dict\")] public sealed partial class YOp : Operation { }"
        );
        Assert.That(diagnostics, Has.Length.EqualTo(1));
        Assert.That(sources.Keys, Is.EqualTo(new[] { "YOp.g.cs" }));
    }

    [Test]
    public void Every_rule_is_listed_in_the_release_notes()
    {
        var notes = File.ReadAllText(
            Path.Combine(TestContext.CurrentContext.TestDirectory, "Golden", "AnalyzerReleases.Unshipped.md")
        );
        foreach (var rule in Mlir.IR.Generators.Rules.All)
        {
            Assert.That(notes, Does.Contain($"{rule.Id} | {rule.Category} | Error | {rule.Title}"));
        }
    }
}

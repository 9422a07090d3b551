using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace Mlir.Tests.IR.Generators;

/// <summary>Edits re-run only what they concern.</summary>
public sealed class CachingTests
{
    private const string Ops = """
        /// <summary>A comment.</summary>
        public sealed class Unrelated { public int X => 1; }

        [Dialect("t")]
        public sealed partial class TDialect : Dialect;

        [Op("t.add", Format = "$lhs `,` $rhs attr-dict `:` type($lhs)")]
        public sealed partial class AddOp : Operation, ISameType
        {
            /// <summary>The left side.</summary>
            [Operand<AnyType>] public partial Value Lhs { get; }

            /// <summary>The right side.</summary>
            [Operand<AnyType>] public partial Value Rhs { get; }
        }

        public static class Rules
        {
            [Simplify]
            public static Value? Add(AddOp op, PatternRewriter r) => null;
        }

        namespace Mlir.Lowering
        {
            [AttributeUsage(AttributeTargets.Class)] public sealed class PassAttribute(string name) : Attribute { public string Name => name; }
            public abstract record Pass { public abstract string Name { get; } public virtual string OptionsText => ""; }

            [Pass("p")]
            public sealed partial record P(int X = 1) : Pass;
        }
        """;

    [TestCase("public sealed class Other;", null, Description = "a new file")]
    [TestCase(null, "public int X => 2;", Description = "a property's body in the same file, above the definitions")]
    [TestCase(null, "public int X => 1;\n\n\n", Description = "lines that move the definitions")]
    public void An_unrelated_edit_runs_nothing_again(string? newFile, string? edit)
    {
        var before = Snippet.Compile(Ops);
        var driver = Snippet.Driver(track: true).RunGenerators(before);
        var after = newFile is not null
            ? before.AddSyntaxTrees(
                CSharpSyntaxTree.ParseText(newFile, (CSharpParseOptions)before.SyntaxTrees[0].Options)
            )
            : before.ReplaceSyntaxTree(
                before.SyntaxTrees[1],
                Parse(before, Ops.Replace("public int X => 1;", edit, StringComparison.Ordinal))
            );
        var result = driver.RunGenerators(after).GetRunResult().Results.Single();

        Assert.That(result.Diagnostics, Is.Empty);
        foreach (var name in Mlir.IR.Generators.DefinitionGenerator.StepNames)
        {
            Assert.That(result.TrackedSteps, Contains.Key(name));
            foreach (var output in result.TrackedSteps[name].SelectMany(s => s.Outputs))
            {
                Assert.That(
                    output.Reason,
                    Is.EqualTo(IncrementalStepRunReason.Cached).Or.EqualTo(IncrementalStepRunReason.Unchanged),
                    name
                );
            }
        }

        foreach (var output in result.TrackedOutputSteps.SelectMany(s => s.Value).SelectMany(s => s.Outputs))
        {
            Assert.That(output.Reason, Is.EqualTo(IncrementalStepRunReason.Cached));
        }
    }

    [Test]
    public void An_edit_of_one_operation_leaves_the_tables_alone()
    {
        var before = Snippet.Compile(Ops);
        var driver = Snippet.Driver(track: true).RunGenerators(before);
        var edited = Ops.Replace("$lhs `,` $rhs", "$lhs `and` $rhs", StringComparison.Ordinal);
        var result = driver
            .RunGenerators(before.ReplaceSyntaxTree(before.SyntaxTrees[1], Parse(before, edited)))
            .GetRunResult()
            .Results.Single();

        Assert.That(
            result.TrackedSteps["Ops"].Single().Outputs.Single().Reason,
            Is.EqualTo(IncrementalStepRunReason.Modified)
        );
        Assert.That(
            result.TrackedSteps["OpEntries"].Single().Outputs.Single().Reason,
            Is.EqualTo(IncrementalStepRunReason.Cached)
        );
        var outputs = result
            .TrackedOutputSteps.SelectMany(s => s.Value)
            .SelectMany(s => s.Outputs)
            .Select(o => o.Reason)
            .ToList();
        Assert.That(outputs.Count(o => o == IncrementalStepRunReason.Modified), Is.EqualTo(1));
        Assert.That(outputs.Count(o => o == IncrementalStepRunReason.Cached), Is.EqualTo(outputs.Count - 1));
    }

    [Test]
    public void Output_does_not_depend_on_the_order_of_files()
    {
        const string Second = "[Op(\"t.b\", Format = \"attr-dict\")] public sealed partial class BOp : Operation { }";
        var one = Snippet.Run(Ops, Second).Sources;
        var two = Snippet.Run(Second, Ops).Sources;
        Assert.That(two.OrderBy(s => s.Key), Is.EqualTo(one.OrderBy(s => s.Key)));
    }

    private static SyntaxTree Parse(CSharpCompilation compilation, string text) =>
        CSharpSyntaxTree.ParseText(text, (CSharpParseOptions)compilation.SyntaxTrees[0].Options, "file1.cs");
}

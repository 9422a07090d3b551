using System.Runtime.CompilerServices;
using Microsoft.CodeAnalysis;

namespace Mlir.Tests.IR.Generators;

/// <summary>Generated code is read by people: these files show what it looks like. <c>MLIR_UPDATE_GOLDENS=1</c> rewrites them.</summary>
public sealed class GoldenTests
{
    private const string Op = """
        using Mlir.Dialects;

        namespace Example;

        /// <summary>Multiplies and adds.</summary>
        [Op("example.fma", Format = "$a `,` $b (`plus` $addends^)? (`rounding` $mode^)? attr-dict `:` type($result)")]
        public sealed partial class FmaOp : Operation, IPure
        {
            /// <summary>The first factor.</summary>
            [Operand<FloatLike>] public partial Value A { get; set; }

            /// <summary>The second factor.</summary>
            [Operand<FloatLike>(SameTypeAs = nameof(A))] public partial Value B { get; }

            /// <summary>What is added, if anything.</summary>
            [Operand<FloatLike>(SameTypeAs = nameof(A))] public partial OperandList Addends { get; }

            /// <summary>How to round.</summary>
            [Attr(Default = "Rounding.Nearest")] public partial Rounding Mode { get; set; }

            /// <summary>The sum.</summary>
            [Result(SameTypeAs = nameof(A))] public partial OpResult Result { get; }
        }

        [Keyword("#example.rounding")]
        public enum Rounding
        {
            [Keyword("nearest")] Nearest,
            [Keyword("down")] Down,
        }

        [Dialect("example")]
        public sealed partial class ExampleDialect : Dialect;
        """;

    private const string Lowering = """
        using System.Collections.Generic;
        using Mlir.IR;

        namespace Mlir.Lowering
        {
            [System.AttributeUsage(System.AttributeTargets.Class)] public sealed class PassAttribute(string name) : System.Attribute { public string Name => name; }

            public abstract record Pass
            {
                public abstract string Name { get; }
                public virtual string OptionsText => "";
                public virtual string Description => "";
            }

            public sealed class PassOptions
            {
                public int Take(string name, int fallback) => fallback;
                public long Take(string name, long fallback) => fallback;
                public double Take(string name, double fallback) => fallback;
                public bool Take(string name, bool fallback) => fallback;
                public string Take(string name, string fallback) => fallback;
                public T Take<T>(string name, T fallback) where T : struct, System.Enum => fallback;
                public void ExpectEmpty() { }
                public static string Print(params System.ReadOnlySpan<(string Name, object Value, object Default)> options) => "";
            }

            public sealed partial class PassRegistry
            {
                public static IReadOnlyList<string> Names => BuiltInNames;
                public static Pass? Create(string name) => CreateBuiltIn(name, new PassOptions());
            }

            public enum Level { Low, High }

            /// <summary>Makes <see cref="Level"/>s &lt; others; a <c>pass</c>.</summary>
            [Pass("make-it-fast")]
            public sealed partial record MakeItFast(int MaxInputs = 16, long Bytes = 1 << 20, double Ratio = 0.5, bool IsOn = true, string Text = "a\"b", Level Level = Level.High) : Pass;

            [Pass("plain")]
            public sealed partial record Plain : Pass
            {
                public override string Name => "plain";
                public override string Description => "By hand.";
            }
        }

        namespace Example
        {
            public static class Rules
            {
                [Simplify]
                public static Value? Fma(FmaOp op, PatternRewriter r) => op.Addends.Count == 0 ? op.A : null;
            }
        }
        """;

    [TestCase("Example.FmaOp.g.cs")]
    [TestCase("Example.ExampleDialect.g.cs")]
    [TestCase("Mlir.Lowering.MakeItFast.g.cs")]
    [TestCase("Mlir.Lowering.PassRegistry.g.cs")]
    [TestCase("Snippet.SimplifyRules.g.cs")]
    public void Generated_code_looks_like_this(string name)
    {
        var (diagnostics, sources, compilation) = Snippet.Run(Op, Lowering);
        Assert.That(diagnostics, Is.Empty);
        Assert.That(
            compilation.GetDiagnostics().Where(d => d.Severity >= Microsoft.CodeAnalysis.DiagnosticSeverity.Warning),
            Is.Empty
        );
        var path = Path.Combine(SourceFolder(), "Golden", name + ".txt");
        if (Environment.GetEnvironmentVariable("MLIR_UPDATE_GOLDENS") == "1")
        {
            File.WriteAllText(path, sources[name]);
        }

        Assert.That(sources[name], Is.EqualTo(File.ReadAllText(path)));
    }

    [Test]
    public void A_pass_outside_the_library_comes_with_a_way_to_register_it()
    {
        var (_, sources, _) = Snippet.Run(
            Lowering.Replace("partial class PassRegistry", "class Other", StringComparison.Ordinal)[
                ..Lowering.IndexOf("public sealed partial class PassRegistry", StringComparison.Ordinal)
            ] + "[Pass(\"p\")] public sealed partial record P(int X = 3) : Pass; }"
        );
        Assert.That(
            sources["Snippet.AssemblyPasses.g.cs"],
            Does.Contain(
                ".With(\"p\", static options => Checked(new global::Mlir.Lowering.P(options.Take(\"x\", 3)), options));"
            )
        );
    }

    private static string SourceFolder([CallerFilePath] string path = "") => Path.GetDirectoryName(path)!;
}

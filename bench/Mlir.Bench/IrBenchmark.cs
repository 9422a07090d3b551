using System.Text;
using BenchmarkDotNet.Attributes;
using Mlir.Dialects;
using Mlir.IR;
using Mlir.IR.Text;

namespace Mlir.Bench;

/// <summary>Parsing, verifying and printing a function of 200,000 arith operations.</summary>
[MemoryDiagnoser]
public class IrBenchmark
{
    /// <summary>The number of operations in the function.</summary>
    public const int Count = 200_000;

    /// <summary>The function as text.</summary>
    public static string Text { get; } = MakeText();

    private readonly Operation _module = Parse();

    [Benchmark]
    public object ParseText() => Parse();

    [Benchmark]
    public int Verify() => Verifier.Verify(_module).Count;

    [Benchmark]
    public int Print() => AsmPrinter.Print(_module).Length;

    /// <summary>The function, parsed.</summary>
    public static Operation Parse() => MlirText.Parse(Text, AllDialects.Registry).ValueOrThrow();

    private static string MakeText()
    {
        var text = new StringBuilder("func.func @f(%a: i32, %b: i32) -> i32 {\n  %0 = arith.addi %a, %b : i32\n");
        for (var i = 1; i < Count; i++)
        {
            var name = (i % 3) switch
            {
                0 => "addi",
                1 => "muli",
                _ => "xori",
            };
            text.Append("  %")
                .Append(i)
                .Append(" = arith.")
                .Append(name)
                .Append(" %")
                .Append(i - 1)
                .Append(", %")
                .Append(i / 2)
                .Append(" : i32\n");
        }

        return text.Append("  return %").Append(Count - 1).Append(" : i32\n}\n").ToString();
    }
}

using System.Text;
using System.Text.RegularExpressions;
using Mlir.Backends.Interpreter;
using Mlir.Dialects.Builtin;
using Mlir.Dialects.Func;
using Mlir.IR;
using Mlir.IR.Text;
using Mlir.Lowering;
using Mlir.Runtime;

namespace Mlir.Tests.Lowering.Untrusted;

/// <summary>
/// Mutated modules are refused with a place or run: with the generated checks in them no run does anything undefined, neither as they are
/// nor after the whole way down to loops over memory.
/// </summary>
public sealed partial class MutationTests
{
    private static readonly int Count = Environment.GetEnvironmentVariable("MLIR_NIGHTLY") == "1" ? 100_000 : 400;

    private static readonly PassPipeline Checks = [new GenerateRuntimeVerification()];

    private static readonly PassPipeline CompiledCode =
    [
        new GenerateRuntimeVerification(),
        .. CpuLowering.LlvmFor(256),
    ];

    private static readonly string[] Fragments =
    [
        .. "( ) [ ] { } < > -> :: , = % %x %x#1 ^bb1 !t #map @main \" \\ 0x -1 1.0e 99999999999999999999 tensor< dense< loc( ? x * : {-#".Split(
            ' '
        ),
        "\0",
        "é",
        "dense<0> : tensor<1000000000xf64>",
        "affine_map<(d0) -> (d0 floordiv 2)>",
    ];

    private static readonly string[] Numbers =
    [
        .. "0 1 2 3 -1 7 31 64 9223372036854775807 -9223372036854775808 4294967296 1099511627776".Split(' '),
    ];

    [GeneratedRegex(
        """%[\w#]+|[a-z]+\.[a-z_]+|tensor<[^>]*>|-?\d+(\.\d+)?|\b(i1|i8|i16|i32|i64|index|f16|f32|f64)\b|"[^"]*"|\w+|\S"""
    )]
    private static partial Regex Token();

    [Test]
    public void The_corpus_itself_is_admitted()
    {
        foreach (var text in Corpus.Texts)
        {
            Assert.DoesNotThrow(() => UntrustedModule.Parse(text), text);
        }
    }

    [Test]
    public void Mutated_modules_are_refused_or_run_without_undefined_behaviour()
    {
        var admitted = 0;
        for (var seed = 1; seed <= Count; seed++)
        {
            var text = Mutate(new Random(seed));
            if (TryParse(text, seed) is { } module)
            {
                admitted++;
                Check(module, text, seed);
            }
        }

        Assert.That(admitted, Is.GreaterThan(Count / 20));
    }

    private static ModuleOp? TryParse(string text, int seed)
    {
        try
        {
            return UntrustedModule.Parse(Encoding.UTF8.GetBytes(text));
        }
        catch (DiagnosticException e)
        {
            Assert.That(
                e.Diagnostics.Select(d => d.Code),
                Has.None.EqualTo("MLIR1099").And.None.EqualTo("MLIR3599"),
                () => $"seed {seed}: {e.Message}\n{text}"
            );
            Assert.That(e.Diagnostics.Select(d => d.Location.File), Has.None.Null, () => $"seed {seed}: {e.Message}");
            return null;
        }
        catch (Exception e)
        {
            Assert.Fail($"seed {seed}: {e}\n{text}");
            return null;
        }
    }

    private static void Check(ModuleOp module, string text, int seed)
    {
        // What is admitted prints, and what is printed is admitted as the same.
        var printed = MlirText.Print(module, new AsmPrinterOptions { PrintLocations = true });
        var again = TryParse(printed, seed);
        Assert.That(again, Is.Not.Null, () => $"seed {seed}\n{printed}");
        Assert.That(
            MlirText.Print(again!, new AsmPrinterOptions { PrintLocations = true }),
            Is.EqualTo(printed),
            () => $"seed {seed}"
        );

        if (Lower(module, Checks, text, seed))
        {
            Run(module, text, seed);
            if (Lower(module, CpuLowering.PlainLoops, text, seed))
            {
                Run(module, text, seed);
            }

            Lower(again!, CompiledCode, text, seed);
        }
    }

    private static bool Lower(ModuleOp module, PassPipeline passes, string text, int seed)
    {
        try
        {
            var result = new PassManager(new PassManagerOptions { Verify = true }).Run(passes, module);
            Assert.That(
                result.Diagnostics.Select(d => d.Code),
                Has.None.EqualTo("MLIR3010"),
                () => $"seed {seed}: {string.Join('\n', result.Diagnostics)}\n{text}\n{module}"
            );
            return result.Succeeded;
        }
        catch (DiagnosticException)
        {
            return false;
        }
        catch (Exception e) when (e is not AssertionException)
        {
            Assert.Fail($"seed {seed}: {e}\n{text}");
            return false;
        }
    }

    private static void Run(ModuleOp module, string text, int seed)
    {
        InterpretedModule program;
        try
        {
            program = InterpretedModule.Prepare(
                module,
                new InterpreterOptions { MaxSteps = 20_000, MaxCallDepth = 50 }
            );
        }
        catch (DiagnosticException)
        {
            return;
        }

        var random = new Random(seed);
        var types = module.Body.Operations.OfType<FuncOp>().ToDictionary(f => f.SymName, f => f.FunctionType.Inputs);
        foreach (var function in program.Functions)
        {
            try
            {
                var parameters = function.Signature.Parameters;
                program.Invoke(
                    function.Name,
                    [.. parameters.Select((p, i) => Argument(p, types[function.Name][i], random))]
                );
            }
            catch (Exception e)
                when (e
                        is InterpreterLimitException
                            or InsufficientExecutionStackException
                            or OverflowException
                            or DivideByZeroException
                            or IndexOutOfRangeException
                            or ArgumentException
                            or InvalidOperationException
                            or OutOfMemoryException
                )
            {
                // What the program's own checks throw, and the limits.
                Assert.That(
                    e is not InvalidOperationException || e.GetType() == typeof(InvalidOperationException),
                    Is.True,
                    () => $"seed {seed}: {e}"
                );
            }
            catch (Exception e)
            {
                Assert.Fail($"seed {seed}: {e}\n{text}\n{module}");
            }
        }
    }

    private static object Argument(KernelParameter parameter, IrType type, Random random)
    {
        if (parameter.Rank is not { } rank)
        {
            return Scalar(parameter.ElementType, random);
        }

        var shape = new long[rank];
        var count = 1;
        for (var i = 0; i < shape.Length; i++)
        {
            shape[i] =
                type is ShapedType { Shape: var sizes } && sizes[i] != ShapedType.Dynamic ? sizes[i]
                : random.Next(8) == 0 ? random.Next(5)
                : 3;
            count *= (int)shape[i];
        }

        var data = Array.CreateInstance(Scalar(parameter.ElementType, random).GetType(), count);
        for (var i = 0; i < count; i++)
        {
            data.SetValue(Scalar(parameter.ElementType, random), i);
        }

        return new HostBuffer(data, shape);
    }

    private static object Scalar(ElementType type, Random random)
    {
        // Small, or so large that no array of that size is made.
        long[] numbers = [0, 1, 2, 3, 5, -1, -7, 31, 64, 1L << 41, long.MinValue, long.MaxValue, int.MinValue];
        double[] floats = [0, 1, -1, 2.5, 1e10, 1e300, double.NaN, double.NegativeInfinity, -0.0, 3];
        var number = numbers[random.Next(numbers.Length)];
        var real = floats[random.Next(floats.Length)];
        return type switch
        {
            ElementType.Bool => number % 2 != 0,
            ElementType.Int8 => (sbyte)number,
            ElementType.Int16 => (short)number,
            ElementType.Int32 => (int)number,
            ElementType.Int64 => number,
            ElementType.Float16 => (Half)real,
            ElementType.Float32 => (float)real,
            _ => real,
        };
    }

    /// <summary>A text of the corpus with one to three changes: of characters, or of tokens into others of their kind.</summary>
    private static string Mutate(Random random)
    {
        var text = Corpus.Texts[random.Next(Corpus.Texts.Count)];
        for (var n = random.Next(4) == 0 ? 3 : 1; n > 0 && text.Length > 0; n--)
        {
            text = random.Next(8) == 0 ? MutateCharacters(text, random) : MutateToken(text, random);
        }

        return text;
    }

    private static string MutateToken(string text, Random random)
    {
        var tokens = Token().Matches(text);
        if (tokens.Count == 0)
        {
            return text;
        }

        var token = tokens[random.Next(tokens.Count)];
        var kind = KindOf(token.Value);
        var source = kind == '%' || random.Next(2) == 0 ? text : Corpus.Texts[random.Next(Corpus.Texts.Count)];
        var others = Token().Matches(source).Select(m => m.Value).Where(v => KindOf(v) == kind).ToList();
        var other =
            kind == '0' && random.Next(2) == 0 ? Numbers[random.Next(Numbers.Length)]
            : others.Count == 0 ? ""
            : others[random.Next(others.Count)];
        return string.Concat(text.AsSpan(0, token.Index), other, text.AsSpan(token.Index + token.Length));
    }

    private static char KindOf(string token) =>
        token[0] == '%' ? '%'
        : char.IsAsciiDigit(token[^1]) && (char.IsAsciiDigit(token[0]) || token[0] == '-') ? '0'
        : token.StartsWith("tensor<", StringComparison.Ordinal) ? 't'
        : token is "i1" or "i8" or "i16" or "i32" or "i64" or "index" or "f16" or "f32" or "f64" ? 'i'
        : token.Contains('.', StringComparison.Ordinal) ? token[0]
        : char.IsAsciiLetter(token[0]) ? 'w'
        : '.';

    private static string MutateCharacters(string text, Random random)
    {
        var result = new StringBuilder(text);
        var at = random.Next(result.Length);
        var length = Math.Min(random.Next(1, 12), result.Length - at);
        switch (random.Next(6))
        {
            case 0:
                result.Remove(at, length);
                break;
            case 1:
                result.Insert(at, Fragments[random.Next(Fragments.Length)]);
                break;
            case 2:
                result[at] = (char)random.Next(1, 256);
                break;
            case 3:
                result.Length = at;
                break;
            case 4:
                result.Insert(random.Next(result.Length), result.ToString(at, length));
                break;
            default:
                result.Remove(at, length).Insert(at, Fragments[random.Next(Fragments.Length)]);
                break;
        }

        return result.ToString();
    }
}

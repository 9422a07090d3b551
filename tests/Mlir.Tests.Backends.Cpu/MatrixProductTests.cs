using System.Numerics;
using Mlir.Backends;
using Mlir.Backends.Cpu;
using Mlir.Backends.Interpreter;
using Mlir.Dialects;
using Mlir.Dialects.Builtin;
using Mlir.IR.Text;
using Mlir.Runtime;

namespace Mlir.Tests.Backends.Cpu;

/// <summary>Matrix products give the bits of three plain loops: each sum in order, each product rounded once with its sum.</summary>
public sealed class MatrixProductTests
{
    // Below, at and above the sizes of tiles, panels and blocks.
    private static readonly (int M, int N, int K)[] Shapes =
    [
        (1, 1, 1),
        (2, 3, 4),
        (5, 7, 3),
        (6, 32, 8),
        (7, 33, 9),
        (13, 65, 17),
        (3, 200, 130),
        (64, 64, 64),
        (61, 129, 300),
        (50, 300, 515),
        (53, 70, 1100),
        (49, 2130, 33),
        (48, 64, 2100),
        (4, 5, 0),
        (0, 5, 4),
        (4, 0, 5),
    ];

    /// <summary>The plain product on a zeroed array, in each type.</summary>
    [Test]
    public void Products_of_any_size([Values("f32", "f64", "i32", "i64")] string type) =>
        Each(
            type,
            $$"""
            func.func @f(%a: tensor<?x?x{{type}}>, %b: tensor<?x?x{{type}}>) -> tensor<?x?x{{type}}> {
              %c0 = arith.constant 0 : index
              %c1 = arith.constant 1 : index
              %m = tensor.dim %a, %c0 : tensor<?x?x{{type}}>
              %n = tensor.dim %b, %c1 : tensor<?x?x{{type}}>
              %zero = arith.constant {{Zero(type)}} : {{type}}
              %e = tensor.empty(%m, %n) : tensor<?x?x{{type}}>
              %z = linalg.fill ins(%zero : {{type}}) outs(%e : tensor<?x?x{{type}}>) -> tensor<?x?x{{type}}>
              %r = linalg.matmul ins(%a, %b : tensor<?x?x{{type}}>, tensor<?x?x{{type}}>) outs(%z : tensor<?x?x{{type}}>) -> tensor<?x?x{{type}}>
              return %r : tensor<?x?x{{type}}>
            }
            """,
            static (s, random) => [random([s.M, s.K]), random([s.K, s.N])],
            static (s, x, i, j, next) => Sum(0, s.K, k => (x[0][(i * s.K) + k], x[1][(k * s.N) + j]), next)
        );

    /// <summary>Sums that go on from what the output held.</summary>
    [Test]
    public void Products_added_to_an_array([Values("f32", "f64")] string type) =>
        Each(
            type,
            $$"""
            func.func @f(%a: tensor<?x?x{{type}}>, %b: tensor<?x?x{{type}}>, %c: tensor<?x?x{{type}}>) -> tensor<?x?x{{type}}> {
              %r = linalg.matmul ins(%a, %b : tensor<?x?x{{type}}>, tensor<?x?x{{type}}>) outs(%c : tensor<?x?x{{type}}>) -> tensor<?x?x{{type}}>
              return %r : tensor<?x?x{{type}}>
            }
            """,
            static (s, random) => [random([s.M, s.K]), random([s.K, s.N]), random([s.M, s.N])],
            static (s, x, i, j, next) =>
                Sum(x[2][(i * s.N) + j], s.K, k => (x[0][(i * s.K) + k], x[1][(k * s.N) + j]), next)
        );

    /// <summary>Sizes of one factor are known and the other's are not: whether to pack is asked at each call.</summary>
    [Test]
    public void Products_with_a_factor_of_known_size([Values("f32", "f64")] string type)
    {
        var text = $$"""
            func.func @f(%a: tensor<?x600x{{type}}>, %b: tensor<600x75x{{type}}>, %c: tensor<?x75x{{type}}>) -> tensor<?x75x{{type}}> {
              %r = linalg.matmul ins(%a, %b : tensor<?x600x{{type}}>, tensor<600x75x{{type}}>) outs(%c : tensor<?x75x{{type}}>) -> tensor<?x75x{{type}}>
              return %r : tensor<?x75x{{type}}>
            }
            """;
        foreach (var rows in (int[])[1, 2, 3, 8, 47, 48, 64])
        {
            Agree(
                text,
                [
                    Random(type, new Random(1), rows, 600),
                    Random(type, new Random(2), 600, 75),
                    Random(type, new Random(3), rows, 75),
                ]
            );
        }
    }

    /// <summary>A bias for each column, then no negative numbers, then a residual: all on tiles.</summary>
    [Test]
    public void Products_with_an_epilogue([Values("f32", "f64")] string type) =>
        Each(
            type,
            $$"""
            func.func @f(%a: tensor<?x?x{{type}}>, %b: tensor<?x?x{{type}}>, %v: tensor<?x{{type}}>, %s: tensor<?x?x{{type}}>) -> tensor<?x?x{{type}}> {
              %c0 = arith.constant 0 : index
              %c1 = arith.constant 1 : index
              %m = tensor.dim %a, %c0 : tensor<?x?x{{type}}>
              %n = tensor.dim %b, %c1 : tensor<?x?x{{type}}>
              %zero = arith.constant 0.0 : {{type}}
              %e = tensor.empty(%m, %n) : tensor<?x?x{{type}}>
              %z = linalg.fill ins(%zero : {{type}}) outs(%e : tensor<?x?x{{type}}>) -> tensor<?x?x{{type}}>
              %p = linalg.matmul ins(%a, %b : tensor<?x?x{{type}}>, tensor<?x?x{{type}}>) outs(%z : tensor<?x?x{{type}}>) -> tensor<?x?x{{type}}>
              %e2 = tensor.empty(%m, %n) : tensor<?x?x{{type}}>
              %r = linalg.generic {indexing_maps = [affine_map<(i, j) -> (i, j)>, affine_map<(i, j) -> (j)>, affine_map<(i, j) -> (i, j)>, affine_map<(i, j) -> (i, j)>],
                                   iterator_types = ["parallel", "parallel"]}
                  ins(%p, %v, %s : tensor<?x?x{{type}}>, tensor<?x{{type}}>, tensor<?x?x{{type}}>) outs(%e2 : tensor<?x?x{{type}}>) {
              ^bb0(%x: {{type}}, %bias: {{type}}, %residual: {{type}}, %out: {{type}}):
                %1 = arith.addf %x, %bias : {{type}}
                %2 = arith.maximumf %1, %zero : {{type}}
                %3 = arith.addf %2, %residual : {{type}}
                linalg.yield %3 : {{type}}
              } -> tensor<?x?x{{type}}>
              return %r : tensor<?x?x{{type}}>
            }
            """,
            static (s, random) => [random([s.M, s.K]), random([s.K, s.N]), random([s.N]), random([s.M, s.N])],
            static (s, x, i, j, next) =>
            {
                var sum = Sum(0, s.K, k => (x[0][(i * s.K) + k], x[1][(k * s.N) + j]), next);
                var one = InOneType.Add(sum, x[2][j], next);
                return InOneType.Add(Math.Max(one, 0), x[3][(i * s.N) + j], next);
            }
        );

    /// <summary>An epilogue that is written to the array of the product itself, which is returned.</summary>
    [Test]
    public void Products_with_an_epilogue_in_place([Values("f32", "f64")] string type) =>
        Each(
            type,
            $$"""
            func.func @f(%a: tensor<?x?x{{type}}>, %b: tensor<?x?x{{type}}>, %v: tensor<?x{{type}}>) -> tensor<?x?x{{type}}> {
              %c0 = arith.constant 0 : index
              %c1 = arith.constant 1 : index
              %m = tensor.dim %a, %c0 : tensor<?x?x{{type}}>
              %n = tensor.dim %b, %c1 : tensor<?x?x{{type}}>
              %zero = arith.constant 0.0 : {{type}}
              %e = tensor.empty(%m, %n) : tensor<?x?x{{type}}>
              %z = linalg.fill ins(%zero : {{type}}) outs(%e : tensor<?x?x{{type}}>) -> tensor<?x?x{{type}}>
              %p = linalg.matmul ins(%a, %b : tensor<?x?x{{type}}>, tensor<?x?x{{type}}>) outs(%z : tensor<?x?x{{type}}>) -> tensor<?x?x{{type}}>
              %r = linalg.generic {indexing_maps = [affine_map<(i, j) -> (i, j)>, affine_map<(i, j) -> (j)>, affine_map<(i, j) -> (i, j)>],
                                   iterator_types = ["parallel", "parallel"]}
                  ins(%p, %v : tensor<?x?x{{type}}>, tensor<?x{{type}}>) outs(%e : tensor<?x?x{{type}}>) {
              ^bb0(%x: {{type}}, %bias: {{type}}, %out: {{type}}):
                %1 = arith.addf %x, %bias : {{type}}
                %2 = arith.maximumf %1, %zero : {{type}}
                linalg.yield %2 : {{type}}
              } -> tensor<?x?x{{type}}>
              return %r : tensor<?x?x{{type}}>
            }
            """,
            static (s, random) => [random([s.M, s.K]), random([s.K, s.N]), random([s.N])],
            static (s, x, i, j, next) =>
            {
                var sum = Sum(0, s.K, k => (x[0][(i * s.K) + k], x[1][(k * s.N) + j]), next);
                return Math.Max(InOneType.Add(sum, x[2][j], next), 0);
            }
        );

    /// <summary>Factors that lie the other way round, and one that is computed on the way.</summary>
    [Test]
    public void Products_of_transposed_factors([Values("f32", "f64")] string type) =>
        Each(
            type,
            $$"""
            func.func @f(%a: tensor<?x?x{{type}}>, %b: tensor<?x?x{{type}}>, %c: tensor<?x?x{{type}}>) -> tensor<?x?x{{type}}> {
              %r = linalg.generic {indexing_maps = [affine_map<(i, j, k) -> (k, i)>, affine_map<(i, j, k) -> (j, k)>, affine_map<(i, j, k) -> (i, j)>],
                                   iterator_types = ["parallel", "parallel", "reduction"]}
                  ins(%a, %b : tensor<?x?x{{type}}>, tensor<?x?x{{type}}>) outs(%c : tensor<?x?x{{type}}>) {
              ^bb0(%x: {{type}}, %y: {{type}}, %s: {{type}}):
                %n = arith.negf %x : {{type}}
                %p = arith.mulf %n, %y : {{type}}
                %t = arith.addf %s, %p : {{type}}
                linalg.yield %t : {{type}}
              } -> tensor<?x?x{{type}}>
              return %r : tensor<?x?x{{type}}>
            }
            """,
            static (s, random) => [random([s.K, s.M]), random([s.N, s.K]), random([s.M, s.N])],
            static (s, x, i, j, next) =>
                Sum(x[2][(i * s.N) + j], s.K, k => (-x[0][(k * s.M) + i], x[1][(j * s.K) + k]), next)
        );

    /// <summary>A matrix and a vector, from either side: the order of all reductions, the same everywhere.</summary>
    [Test]
    public void Products_with_a_vector(
        [Values("matvec", "vecmat")] string name,
        [Values("f32", "f64", "i64")] string type
    )
    {
        var vector = $"tensor<?x{type}>";
        var matrix = $"tensor<?x?x{type}>";
        var (left, right) = name == "matvec" ? (matrix, vector) : (vector, matrix);
        foreach (var (m, n) in new[] { (1, 1), (7, 33), (70, 201) })
        {
            HostBuffer a = Random(type, new Random(1), m, n);
            var x = Random(type, new Random(2), name == "matvec" ? n : m);
            Agree(
                $$"""
                func.func @f(%a: {{left}}, %b: {{right}}, %c: {{vector}}) -> {{vector}} {
                  %r = linalg.{{name}} ins(%a, %b : {{left}}, {{right}}) outs(%c : {{vector}}) -> {{vector}}
                  return %r : {{vector}}
                }
                """,
                [
                    name == "matvec" ? a : x,
                    name == "matvec" ? x : a,
                    Random(type, new Random(3), name == "matvec" ? m : n),
                ]
            );
        }
    }

    /// <summary>One thread and all of them give the same bits, packed or not.</summary>
    [Test]
    public void Threads_change_nothing([Values("f32", "f64")] string type)
    {
        using var module = Compile(
            $$"""
            func.func @f(%a: tensor<?x?x{{type}}>, %b: tensor<?x?x{{type}}>, %c: tensor<?x?x{{type}}>) -> tensor<?x?x{{type}}> {
              %r = linalg.matmul ins(%a, %b : tensor<?x?x{{type}}>, tensor<?x?x{{type}}>) outs(%c : tensor<?x?x{{type}}>) -> tensor<?x?x{{type}}>
              return %r : tensor<?x?x{{type}}>
            }
            """
        );
        var random = new Random(11);
        foreach (var n in (int[])[130, 411])
        {
            object[] arguments = [Random(type, random, n, n), Random(type, random, n, n), Random(type, random, n, n)];
            var shared = (HostBuffer)module.Invoke("f", arguments)[0];
            using (WorkerPool.Limit(1))
            {
                var alone = (HostBuffer)module.Invoke("f", arguments)[0];
                Assert.That(alone.AsBytes().SequenceEqual(shared.AsBytes()), Is.True, $"{n}");
            }
        }
    }

    /// <summary>Batches of matrices whose sizes are known, as small ones are compiled.</summary>
    [Test]
    public void Batches_of_known_size(
        [Values("f32", "f64")] string type,
        [Values(4, 5, 8, 23, 32, 181)] int n,
        [Values(true, false)] bool isKnown
    )
    {
        var matrix = isKnown ? $"?x{n}x{n}x{type}" : $"?x?x?x{type}";
        var (random, count) = (new Random(7), n > 100 ? 3 : 37);
        var a = Random(type, random, count, n, n);
        var b = Random(type, random, count, n, n);
        var c = Random(type, random, count, n, n);
        Agree(
            $$"""
            func.func @f(%a: tensor<{{matrix}}>, %b: tensor<{{matrix}}>, %c: tensor<{{matrix}}>) -> tensor<{{matrix}}> {
              %r = linalg.batch_matmul ins(%a, %b : tensor<{{matrix}}>, tensor<{{matrix}}>) outs(%c : tensor<{{matrix}}>) -> tensor<{{matrix}}>
              return %r : tensor<{{matrix}}>
            }
            """,
            [a, b, c]
        );
        var (x, y, z) = (Doubles(a), Doubles(b), Doubles(c));
        using var module = Compile(
            $$"""
            func.func @f(%a: tensor<{{matrix}}>, %b: tensor<{{matrix}}>, %c: tensor<{{matrix}}>) -> tensor<{{matrix}}> {
              %r = linalg.batch_matmul ins(%a, %b : tensor<{{matrix}}>, tensor<{{matrix}}>) outs(%c : tensor<{{matrix}}>) -> tensor<{{matrix}}>
              return %r : tensor<{{matrix}}>
            }
            """
        );
        var actual = Doubles((HostBuffer)module.Invoke("f", a, b, c)[0]);
        var next = StepOf(type);
        for (var q = 0; q < count * n * n; q++)
        {
            var (at, i, j) = (q / (n * n) * n * n, q / n % n, q % n);
            var expected = Sum(z[q], n, k => (x[at + (i * n) + k], y[at + (k * n) + j]), next);
            Assert.That(actual[q], Is.EqualTo(expected), $"element {q}");
        }
    }

    /// <summary>Several loops for rows, columns, pairs and sums: attention scores over heads.</summary>
    [Test]
    public void Products_over_many_dimensions() =>
        Agree(
            """
            func.func @f(%q: tensor<?x?x?x?xf32>, %k: tensor<?x?x?x?xf32>, %c: tensor<?x?x?x?x?xf32>) -> tensor<?x?x?x?x?xf32> {
              %r = linalg.generic {indexing_maps = [affine_map<(b, h, s, u, t, d, e) -> (b, s, d, u)>, affine_map<(b, h, s, u, t, d, e) -> (b, t, h, d)>,
                                                    affine_map<(b, h, s, u, t, d, e) -> (e, d)>, affine_map<(b, h, s, u, t, d, e) -> (b, h, s, u, t)>],
                                   iterator_types = ["parallel", "parallel", "parallel", "parallel", "parallel", "reduction", "reduction"]}
                  ins(%q, %k, %w : tensor<?x?x?x?xf32>, tensor<?x?x?x?xf32>, tensor<?x?xf32>) outs(%c : tensor<?x?x?x?x?xf32>) {
              ^bb0(%x: f32, %y: f32, %z: f32, %s: f32):
                %p = arith.mulf %x, %y : f32
                %t = arith.addf %s, %p : f32
                linalg.yield %t : f32
              } -> tensor<?x?x?x?x?xf32>
              return %r : tensor<?x?x?x?x?xf32>
            }
            """.Replace("%q: tensor<?x?x?x?xf32>,", "%q: tensor<?x?x?x?xf32>, %w: tensor<?x?xf32>,").Replace(
                "%p = arith.mulf %x, %y",
                "%v = arith.mulf %x, %z : f32\n    %u = arith.mulf %y, %z : f32\n    %p = arith.mulf %v, %u"
            ),
            [
                Random("f32", new Random(1), 2, 5, 9, 3),
                Random("f32", new Random(2), 4, 9),
                Random("f32", new Random(3), 2, 37, 3, 9),
                Random("f32", new Random(4), 2, 3, 5, 3, 37),
            ]
        );

    /// <summary>Narrow factors with wide sums: bf16 and f16 into f32, i8 into i32.</summary>
    [Test]
    public void Narrow_factors(
        [Values("bf16 f32", "f16 f32", "i8 i32", "i16 i32", "f32 f64")] string types,
        [Values(true, false)] bool isBatch
    )
    {
        var (narrow, wide) = (types.Split(' ')[0], types.Split(' ')[1]);
        var batch = isBatch ? "?x" : "";
        var casts = narrow[0] == 'i' ? ("trunci", narrow) : ("truncf", narrow);
        // Arguments come in a type that tests can make; the narrow array is computed.
        var text = $$"""
            func.func @f(%x: tensor<{{batch}}?x?x{{wide}}>, %y: tensor<{{batch}}?x?x{{wide}}>, %c: tensor<{{batch}}?x?x{{wide}}>) -> tensor<{{batch}}?x?x{{wide}}> {
              %a = arith.{{casts.Item1}} %x : tensor<{{batch}}?x?x{{wide}}> to tensor<{{batch}}?x?x{{narrow}}>
              %b = arith.{{casts.Item1}} %y : tensor<{{batch}}?x?x{{wide}}> to tensor<{{batch}}?x?x{{narrow}}>
              %r = linalg.{{(
                isBatch ? "batch_" : ""
            )}}matmul ins(%a, %b : tensor<{{batch}}?x?x{{narrow}}>, tensor<{{batch}}?x?x{{narrow}}>) outs(%c : tensor<{{batch}}?x?x{{wide}}>) -> tensor<{{batch}}?x?x{{wide}}>
              return %r : tensor<{{batch}}?x?x{{wide}}>
            }
            """;
        foreach (var (m, n, k) in new[] { (5, 37, 11), (53, 70, 701), (48, 40, 2101) })
        {
            int[] lead = isBatch ? [3] : [];
            Agree(
                text,
                [
                    Random(wide, new Random(1), [.. lead, m, k]),
                    Random(wide, new Random(2), [.. lead, k, n]),
                    Random(wide, new Random(3), [.. lead, m, n]),
                ]
            );
        }
    }

    /// <summary>Integers of 16 bits in all their range, unsigned ones of 8, from transposed arrays: pairs of products that wrap.</summary>
    [Test]
    public void Narrow_factors_in_pairs([Values("i16 extsi", "i8 extui", "i8 extsi")] string right)
    {
        var (type, extend) = (right.Split(' ')[0], right.Split(' ')[1]);
        var text = $$"""
            func.func @f(%x: tensor<?x?xi32>, %y: tensor<?x?xi32>, %c: tensor<?x?xi32>) -> tensor<?x?xi32> {
              %a = arith.trunci %x : tensor<?x?xi32> to tensor<?x?xi16>
              %b = arith.trunci %y : tensor<?x?xi32> to tensor<?x?x{{type}}>
              %r = linalg.generic {indexing_maps = [affine_map<(i, j, k) -> (k, i)>, affine_map<(i, j, k) -> (j, k)>, affine_map<(i, j, k) -> (i, j)>],
                                   iterator_types = ["parallel", "parallel", "reduction"]}
                  ins(%a, %b : tensor<?x?xi16>, tensor<?x?x{{type}}>) outs(%c : tensor<?x?xi32>) {
              ^bb0(%p: i16, %q: {{type}}, %s: i32):
                %u = arith.extsi %p : i16 to i32
                %v = arith.{{extend}} %q : {{type}} to i32
                %m = arith.muli %u, %v : i32
                %t = arith.addi %s, %m : i32
                linalg.yield %t : i32
              } -> tensor<?x?xi32>
              return %r : tensor<?x?xi32>
            }
            """;
        foreach (var (m, n, k) in new[] { (1, 1, 1), (6, 33, 9), (7, 70, 64) })
        {
            Agree(text, [Wide(k, m), Wide(n, k), Random("i32", new Random(3), m, n)]);
        }

        static HostBuffer Wide(int rows, int columns)
        {
            // Every other one is the least or the greatest number of 16 bits.
            var random = new Random(rows);
            int[] values =
            [
                .. Enumerable
                    .Range(0, rows * columns)
                    .Select(i =>
                        (i % 4) switch
                        {
                            0 => short.MinValue,
                            2 => short.MaxValue,
                            _ => random.Next(),
                        }
                    ),
            ];
            return new HostBuffer(values, rows, columns);
        }
    }

    private static string Zero(string type) => type[0] == 'f' ? "0.0" : "0";

    private delegate double Element((int M, int N, int K) shape, double[][] inputs, int i, int j, Step step);

    private delegate double Step(double a, double b, double c);

    private static void Each(
        string type,
        string text,
        Func<(int M, int N, int K), Func<int[], HostBuffer>, HostBuffer[]> arguments,
        Element expected
    )
    {
        using var module = Compile(text);
        var random = new Random(5);
        foreach (var shape in Shapes)
        {
            var inputs = arguments(shape, sizes => Random(type, random, sizes));
            var actual = Doubles((HostBuffer)module.Invoke("f", [.. inputs])[0]);
            var values = inputs.Select(Doubles).ToArray();
            Assert.That(actual, Has.Length.EqualTo(shape.M * shape.N));
            for (var q = 0; q < actual.Length; q++)
            {
                var wanted = expected(shape, values, q / shape.N, q % shape.N, StepOf(type));
                if (!actual[q].Equals(wanted))
                {
                    Assert.That(actual[q], Is.EqualTo(wanted), $"{shape}, element {q}");
                }
            }
        }

        var small = arguments((13, 37, 9), sizes => Random(type, random, sizes));
        Agree(text, small);
    }

    private static double Sum(double start, int count, Func<int, (double A, double B)> factors, Step step)
    {
        for (var k = 0; k < count; k++)
        {
            var (a, b) = factors(k);
            start = step(a, b, start);
        }

        return start;
    }

    /// <summary>One multiply-add in <paramref name="type"/>; all values fit a double.</summary>
    private static Step StepOf(string type) =>
        type switch
        {
            "f32" => static (a, b, c) => MathF.FusedMultiplyAdd((float)a, (float)b, (float)c),
            "f64" => Math.FusedMultiplyAdd,
            _ => static (a, b, c) => (a * b) + c,
        };

    private static class InOneType
    {
        public static double Add(double a, double b, Step step) => step(a, 1, b);
    }

    private static void Agree(string text, HostBuffer[] arguments)
    {
        using var compiled = Compile(text);
        using var interpreted = Compiler.CompileUncached(Parse(text), InterpreterBackend.Create());
        var actual = (HostBuffer)compiled.Invoke("f", [.. arguments])[0];
        var expected = (HostBuffer)interpreted.Invoke("f", [.. arguments])[0];
        Assert.That(actual.AsBytes().SequenceEqual(expected.AsBytes()), Is.True, "bits of the interpreter");
    }

    private static CompiledModule Compile(string text) => Compiler.CompileUncached(Parse(text), CpuBackend.Create());

    private static HostBuffer Random(string type, Random random, params int[] shape)
    {
        var count = shape.Aggregate(1, static (a, b) => a * b);
        var sizes = shape.Select(static s => (long)s).ToArray();
        return type switch
        {
            "f32" => new HostBuffer(Fill(() => (random.NextSingle() * 4) - 2), sizes),
            "f64" => new HostBuffer(Fill(() => (random.NextDouble() * 4) - 2), sizes),
            "i32" => new HostBuffer(Fill(() => random.Next(-1000, 1000)), sizes),
            _ => new HostBuffer(Fill(() => (long)random.Next(-1000, 1000)), sizes),
        };

        T[] Fill<T>(Func<T> make) => [.. Enumerable.Range(0, count).Select(_ => make())];
    }

    private static double[] Doubles(HostBuffer buffer) =>
        buffer.Data switch
        {
            float[] f => Widen(f),
            double[] d => d,
            int[] i => Widen(i),
            long[] l => Widen(l),
            _ => throw new NotSupportedException(),
        };

    private static double[] Widen<T>(T[] values)
        where T : INumber<T> => [.. values.Select(double.CreateChecked)];

    private static ModuleOp Parse(string text)
    {
        var result = MlirText.Parse(text, AllDialects.Registry);
        Assert.That(result.Value, Is.Not.Null, () => string.Join('\n', result.Diagnostics));
        return (ModuleOp)result.Value!;
    }
}

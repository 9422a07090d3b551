using Mlir.Backends;
using Mlir.Backends.Cpu;
using Mlir.Backends.Interpreter;
using Mlir.Dialects;
using Mlir.Dialects.Builtin;
using Mlir.IR.Text;
using Mlir.Runtime;

namespace Mlir.Tests.Backends.Cpu;

/// <summary>What the interpreter says, machine code says too, bit for bit.</summary>
public sealed class AgreementTests
{
    private static readonly long[] Integers =
    [
        0,
        1,
        -1,
        2,
        -2,
        3,
        7,
        -7,
        31,
        32,
        63,
        64,
        127,
        -128,
        255,
        256,
        32767,
        -32768,
        int.MaxValue,
        int.MinValue,
        long.MaxValue,
        long.MinValue,
        0x0123456789ABCDEF,
    ];

    private static readonly double[] Floats =
    [
        0.0,
        -0.0,
        1,
        -1,
        0.5,
        -1.5,
        2.5,
        3.999999,
        1e-310,
        -1e-310,
        1e308,
        -1e308,
        double.NaN,
        double.PositiveInfinity,
        double.NegativeInfinity,
        4503599627370497.5,
        1e15,
    ];

    /// <summary>Every operation on two integers that is defined for all of them, in each width.</summary>
    [Test]
    public void Integers_agree(
        [Values("i8", "i16", "i32", "i64")] string type,
        [Values("addi", "subi", "muli", "andi", "ori", "xori", "maxsi", "minsi", "maxui", "minui")] string operation
    ) =>
        Agree(
            $$"""
            func.func @f(%a: {{type}}, %b: {{type}}) -> {{type}} {
              %r = arith.{{operation}} %a, %b : {{type}}
              return %r : {{type}}
            }
            """,
            from a in Integers
            from b in Integers
            select new[] { Integer(type, a), Integer(type, b) }
        );

    /// <summary>Divisions and shifts, where they are defined.</summary>
    [Test]
    public void Divisions_and_shifts_agree(
        [Values("i8", "i16", "i32", "i64")] string type,
        [Values("divsi", "divui", "remsi", "remui", "ceildivsi", "floordivsi", "ceildivui", "shli", "shrsi", "shrui")]
            string operation
    )
    {
        var width = int.Parse(type[1..]);
        Agree(
            $$"""
            func.func @f(%a: {{type}}, %b: {{type}}) -> {{type}} {
              %r = arith.{{operation}} %a, %b : {{type}}
              return %r : {{type}}
            }
            """,
            from a in Integers
            from b in Integers
            let divisor = Wrap(b, width)
            where
                operation.StartsWith('s')
                    ? divisor >= 0 && divisor < width
                    : divisor != 0 && !(divisor == -1 && Wrap(a, width) == Wrap(1L << (width - 1), width))
            select new[] { Integer(type, a), Integer(type, b) }
        );
    }

    /// <summary>Comparisons, selections, extensions and wide products.</summary>
    [Test]
    public void Wide_integers_agree(
        [Values("i8", "i16", "i32", "i64")] string type,
        [Values("slt", "ule", "eq", "ugt")] string predicate
    ) =>
        Agree(
            $$"""
            func.func @f(%a: {{type}}, %b: {{type}}) -> ({{type}}, {{type}}, {{type}}, i1, {{type}}, {{type}}, i1) {
              %c = arith.cmpi {{predicate}}, %a, %b : {{type}}
              %s = arith.select %c, %a, %b : {{type}}
              %l, %h = arith.mulsi_extended %a, %b : {{type}}
              %m, %u = arith.mului_extended %a, %b : {{type}}
              %t, %o = arith.addui_extended %a, %b : {{type}}, i1
              return %s, %l, %h, %o, %m, %u, %c : {{type}}, {{type}}, {{type}}, i1, {{type}}, {{type}}, i1
            }
            """,
            from a in Integers
            from b in Integers
            select new[] { Integer(type, a), Integer(type, b) }
        );

    /// <summary>Arithmetic on floats, with all special values.</summary>
    [Test]
    public void Floats_agree(
        [Values("f32", "f64")] string type,
        [Values("addf", "subf", "mulf", "divf", "remf", "maximumf", "minimumf", "maxnumf", "minnumf")] string operation
    ) =>
        Agree(
            $$"""
            func.func @f(%a: {{type}}, %b: {{type}}) -> {{type}} {
              %r = arith.{{operation}} %a, %b : {{type}}
              return %r : {{type}}
            }
            """,
            from a in Floats
            from b in Floats
            select new[] { Float(type, a), Float(type, b) }
        );

    /// <summary>The functions that processors have, and comparisons of floats.</summary>
    [Test]
    public void Hardware_functions_agree(
        [Values("f32", "f64")] string type,
        [Values("absf", "floor", "ceil", "trunc", "round", "roundeven")] string function,
        [Values("olt", "une", "ord", "ueq")] string predicate
    ) =>
        Agree(
            $$"""
            func.func @f(%a: {{type}}, %b: {{type}}) -> ({{type}}, {{type}}, {{type}}, i1, i1, i1) {
              %0 = math.{{function}} %a : {{type}}
              %1 = math.copysign %a, %b : {{type}}
              %2 = math.fma %a, %b, %1 : {{type}}
              %3 = arith.cmpf {{predicate}}, %a, %b : {{type}}
              %4 = math.isnan %a : {{type}}
              %5 = math.isfinite %b : {{type}}
              return %0, %1, %2, %3, %4, %5 : {{type}}, {{type}}, {{type}}, i1, i1, i1
            }
            """,
            from a in Floats
            from b in Floats
            select new[] { Float(type, a), Float(type, b) }
        );

    /// <summary>Loops, choices and branches.</summary>
    [Test]
    public void Control_flow_agrees() =>
        Agree(
            """
            func.func @f(%n: i64, %k: i64) -> (i64, i64, i64) {
              %c0 = arith.constant 0 : i64
              %c1 = arith.constant 1 : i64
              %c3 = arith.constant 3 : i64
              %mask = arith.constant 255 : i64
              %m = arith.andi %n, %mask : i64
              %l = arith.index_cast %m : i64 to index
              %zero = arith.constant 0 : index
              %one = arith.constant 1 : index
              %s = scf.for %i = %zero to %l step %one iter_args(%a = %k) -> (i64) {
                %v = arith.index_cast %i : index to i64
                %odd = arith.andi %v, %c1 : i64
                %is = arith.cmpi ne, %odd, %c0 : i64
                %r = scf.if %is -> (i64) {
                  %x = arith.muli %a, %c3 : i64
                  scf.yield %x : i64
                } else {
                  %y = arith.addi %a, %v : i64
                  scf.yield %y : i64
                }
                scf.yield %r : i64
              }
              %w:2 = scf.while (%x = %m, %steps = %c0) : (i64, i64) -> (i64, i64) {
                %go = arith.cmpi ugt, %x, %c1 : i64
                scf.condition(%go) %x, %steps : i64, i64
              } do {
              ^bb0(%x: i64, %steps: i64):
                %h = arith.shrui %x, %c1 : i64
                %p = arith.addi %steps, %c1 : i64
                scf.yield %h, %p : i64, i64
              }
              %rest = arith.remui %m, %c3 : i64
              %which = arith.index_cast %rest : i64 to index
              %q = scf.index_switch %which -> i64
              case 1 {
                scf.yield %k : i64
              }
              case 2 {
                scf.yield %n : i64
              }
              default {
                scf.yield %c3 : i64
              }
              return %s, %w#1, %q : i64, i64, i64
            }
            """,
            from a in Integers
            from b in Integers
            select new object[] { a, b }
        );

    /// <summary>Arrays in memory: views, copies, scratch memory, truth values.</summary>
    [Test]
    public void Memory_agrees() =>
        Agree(
            """
            memref.global "private" constant @weights : memref<3xf64> = dense<[0.25, 0.5, 0.25]>
            func.func @f(%x: memref<?x?xf64>, %b: memref<?xi1>, %k: index) -> (memref<?x?xf64>, memref<?xi1>, f64) {
              %c0 = arith.constant 0 : index
              %c1 = arith.constant 1 : index
              %c3 = arith.constant 3 : index
              %n = memref.dim %x, %c0 : memref<?x?xf64>
              %m = memref.dim %x, %c1 : memref<?x?xf64>
              %t = memref.alloc(%m, %n) : memref<?x?xf64>
              scf.for %i = %c0 to %n step %c1 {
                scf.for %j = %c0 to %m step %c1 {
                  %v = memref.load %x[%i, %j] : memref<?x?xf64>
                  memref.store %v, %t[%j, %i] : memref<?x?xf64>
                }
              }
              %r = memref.alloc(%m, %n) {mlir.result = 0 : i32} : memref<?x?xf64>
              memref.copy %t, %r : memref<?x?xf64> to memref<?x?xf64>
              %flat = memref.collapse_shape %t [[0, 1]] : memref<?x?xf64> into memref<?xf64>
              %row = memref.subview %x[%k, 0] [1, %m] [1, 1] : memref<?x?xf64> to memref<?xf64, strided<[1], offset: ?>>
              %w = memref.get_global @weights : memref<3xf64>
              %zero = arith.constant 0.0 : f64
              %s = scf.for %i = %c0 to %c3 step %c1 iter_args(%a = %zero) -> (f64) {
                %u = memref.load %row[%i] : memref<?xf64, strided<[1], offset: ?>>
                %f = memref.load %flat[%i] : memref<?xf64>
                %g = memref.load %w[%i] : memref<3xf64>
                %p = math.fma %u, %g, %a : f64
                %q = arith.addf %p, %f : f64
                scf.yield %q : f64
              }
              memref.dealloc %t : memref<?x?xf64>
              %l = memref.dim %b, %c0 : memref<?xi1>
              %y = memref.alloc(%l) {mlir.result = 1 : i32} : memref<?xi1>
              %true = arith.constant true
              scf.for %i = %c0 to %l step %c1 {
                %v = memref.load %b[%i] : memref<?xi1>
                %o = arith.xori %v, %true : i1
                memref.store %o, %y[%i] : memref<?xi1>
              }
              return %r, %y, %s : memref<?x?xf64>, memref<?xi1>, f64
            }
            """,
            from n in new[] { 3, 4, 9 }
            from m in new[] { 3, 5, 8 }
            select new object[]
            {
                new HostBuffer(Enumerable.Range(0, n * m).Select(i => i * 0.75 - 3).ToArray(), n, m),
                new HostBuffer(Enumerable.Range(0, n).Select(i => i % 3 == 0).ToArray(), n),
                (long)(n - 1),
            }
        );

    /// <summary>Vectors of one dimension, masks, gathers and reductions.</summary>
    [Test]
    public void Vectors_agree() =>
        Agree(
            """
            func.func @f(%x: memref<?xf64>, %n: index, %k: f64) -> (memref<?xf64>, f64, f64, f64) {
              %c0 = arith.constant 0 : index
              %zero = arith.constant dense<0.0> : vector<8xf64>
              %l = memref.dim %x, %c0 : memref<?xf64>
              %r = memref.alloc(%l) {mlir.result = 0 : i32} : memref<?xf64>
              %mask = vector.create_mask %n : vector<8xi1>
              %v = vector.maskedload %x[%c0], %mask, %zero : memref<?xf64>, vector<8xi1>, vector<8xf64> into vector<8xf64>
              %b = vector.broadcast %k : f64 to vector<8xf64>
              %f = vector.fma %v, %b, %v : vector<8xf64>
              vector.store %zero, %r[%c0] : memref<?xf64>, vector<8xf64>
              vector.maskedstore %r[%c0], %mask, %f : memref<?xf64>, vector<8xi1>, vector<8xf64>
              %sum = vector.reduction <add>, %f : vector<8xf64> into f64
              %max = vector.reduction <maximumf>, %f, %k : vector<8xf64> into f64
              %step = vector.step : vector<8xindex>
              %seven = arith.constant dense<7> : vector<8xindex>
              %back = arith.subi %seven, %step : vector<8xindex>
              %g = vector.gather %x[%c0] [%back], %mask, %zero : memref<?xf64>, vector<8xindex>, vector<8xi1>, vector<8xf64> into vector<8xf64>
              %h = vector.shuffle %g, %f [7, 0, 15, 8] : vector<8xf64>, vector<8xf64>
              %e = vector.extract %h[1] : f64 from vector<4xf64>
              %i = vector.insert %e, %h [3] : f64 into vector<4xf64>
              %s = vector.reduction <mul>, %i : vector<4xf64> into f64
              return %r, %sum, %max, %s : memref<?xf64>, f64, f64, f64
            }
            """,
            from n in Enumerable.Range(0, 9)
            from k in new[] { 0.0, -1.25, 3 }
            select new object[] { new HostBuffer(Enumerable.Range(0, 8).Select(i => 1.5 + i).ToArray(), 8), (long)n, k }
        );

    /// <summary>A failing call leaves the way for the next ones, and frees what it allocated.</summary>
    [Test]
    public void Failures_leave_nothing_behind()
    {
        using var module = Compiler.CompileUncached(
            Parse(
                """
                func.func private @half(%x: i64) -> i64 {
                  %one = arith.constant 1 : i64
                  %zero = arith.constant 0 : i64
                  %bit = arith.andi %x, %one : i64
                  %even = arith.cmpi eq, %bit, %zero : i64
                  cf.assert %even, "System.ArithmeticException: odd"
                  %h = arith.shrsi %x, %one : i64
                  return %h : i64
                }
                func.func @f(%n: index, %c: i1, %x: i64) -> i64 {
                  %c0 = arith.constant 0 : index
                  %a = memref.alloc(%n) : memref<?xi64>
                  %b = memref.alloc(%n) : memref<?xi64>
                  memref.store %x, %a[%c0] : memref<?xi64>
                  memref.store %x, %b[%c0] : memref<?xi64>
                  cf.cond_br %c, ^bb1(%a, %b : memref<?xi64>, memref<?xi64>), ^bb1(%b, %a : memref<?xi64>, memref<?xi64>)
                ^bb1(%p: memref<?xi64>, %q: memref<?xi64>):
                  %v = memref.load %p[%c0] : memref<?xi64>
                  memref.dealloc %p : memref<?xi64>
                  %h = func.call @half(%v) : (i64) -> i64
                  memref.dealloc %q : memref<?xi64>
                  return %h : i64
                }
                """
            ),
            CpuBackend.Create()
        );
        for (var i = 0; i < 2000; i++)
        {
            if (i % 2 == 0)
            {
                Assert.That(module.Invoke("f", 100_000L, i % 4 == 0, (long)i)[0], Is.EqualTo(i / 2L));
            }
            else
            {
                Assert.Throws<ArithmeticException>(() => module.Invoke("f", 100_000L, i % 4 == 1, (long)i));
            }
        }
    }

    private static void Agree(string text, IEnumerable<object[]> calls)
    {
        using var compiled = Compiler.CompileUncached(Parse(text), CpuBackend.Create());
        using var interpreted = Compiler.CompileUncached(Parse(text), InterpreterBackend.Create());
        Assert.Multiple(() =>
        {
            foreach (var arguments in calls)
            {
                var actual = compiled.Invoke("f", arguments).Select(Bits).ToArray();
                var expected = interpreted.Invoke("f", arguments).Select(Bits).ToArray();
                Assert.That(actual, Is.EqualTo(expected), () => string.Join(", ", arguments));
            }
        });
    }

    /// <summary>A result as bytes; all NaNs are one, since the payload is nobody's promise.</summary>
    private static string Bits(object value) =>
        value switch
        {
            float f => float.IsNaN(f) ? "NaN" : BitConverter.SingleToInt32Bits(f).ToString("x8"),
            double d => double.IsNaN(d) ? "NaN" : BitConverter.DoubleToInt64Bits(d).ToString("x16"),
            HostBuffer { ElementType: ElementType.Float64 } buffer => string.Join(
                ' ',
                buffer.AsSpan<double>().ToArray().Select(x => Bits(x))
            ),
            HostBuffer buffer => string.Join(' ', buffer.AsSpan<bool>().ToArray()),
            _ => value.ToString()!,
        };

    private static ModuleOp Parse(string text) => (ModuleOp)MlirText.Parse(text, AllDialects.Registry).ValueOrThrow();

    private static long Wrap(long value, int width) => value << (64 - width) >> (64 - width);

    private static object Integer(string type, long value) =>
        type switch
        {
            "i8" => (object)unchecked((sbyte)value),
            "i16" => unchecked((short)value),
            "i32" => unchecked((int)value),
            _ => value,
        };

    private static object Float(string type, double value) => type == "f32" ? (object)(float)value : value;
}

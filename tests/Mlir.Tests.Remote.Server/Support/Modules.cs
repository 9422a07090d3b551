using Google.Protobuf;
using Mlir.Remote.Protocol;

namespace Mlir.Tests.Remote.Server.Support;

/// <summary>Small modules, as a client in any language would send them.</summary>
internal static class Modules
{
    /// <summary><c>double</c>.</summary>
    public static DataType Double => new() { Scalar = ScalarKind.Float64 };

    /// <summary><c>int</c>.</summary>
    public static DataType Int => new() { Scalar = ScalarKind.Int32 };

    /// <summary><c>bool</c>.</summary>
    public static DataType Bool => new() { Scalar = ScalarKind.Bool };

    /// <summary>A vector of <c>double</c>.</summary>
    public static DataType Vector =>
        new()
        {
            Array = new ArrayType { Element = ScalarKind.Float64, Rank = 1 },
        };

    /// <summary><c>x + y</c> over doubles.</summary>
    public static Overload Add => Function("%0 = arith.addf %a0, %a1 : f64\n  return %0 : f64", Double, Double, Double);

    /// <summary><c>x / y</c> over ints, which throws for 0.</summary>
    public static Overload Divide => Function("%0 = arith.divsi %a0, %a1 : i32\n  return %0 : i32", Int, Int, Int);

    /// <summary><c>!x</c>.</summary>
    public static Overload Not =>
        Function("%t = arith.constant true\n  %0 = arith.xori %a0, %t : i1\n  return %0 : i1", Bool, Bool);

    /// <summary>An array as it is.</summary>
    public static Overload Echo => Function("return %a0 : tensor<?xf64>", Vector, Vector);

    /// <summary>A loop that never ends.</summary>
    public static Overload Forever =>
        Function(
            """
            %c = arith.constant true
              %r = scf.while (%i = %a0) : (f64) -> f64 {
                scf.condition(%c) %i : f64
              } do {
              ^bb0(%j: f64):
                %k = arith.addf %j, %j : f64
                scf.yield %k : f64
              }
              return %r : f64
            """,
            Double,
            Double
        );

    /// <summary>A function of this body; parameters are <c>%a0</c>, <c>%a1</c> …</summary>
    public static Overload Function(string body, DataType result, params DataType[] parameters)
    {
        var list = string.Join(", ", parameters.Select((p, i) => $"%a{i}: {Text(p)}"));
        return Text($"func.func @main({list}) -> {Text(result)} {{\n  {body}\n}}\n", result, parameters);
    }

    /// <summary>A whole module with a signature.</summary>
    public static Overload Text(string module, DataType result, params DataType[] parameters)
    {
        var overload = new Overload
        {
            Module = ByteString.CopyFromUtf8(module),
            Signature = new Signature { Result = result },
        };
        overload.Signature.Parameters.AddRange(parameters.Select((p, i) => new Parameter { Name = $"a{i}", Type = p }));
        return overload;
    }

    private static string Text(DataType type)
    {
        var scalar = type.Scalar switch
        {
            ScalarKind.Int32 => "i32",
            ScalarKind.Bool => "i1",
            _ => "f64",
        };
        return type.KindCase == DataType.KindOneofCase.Array ? "tensor<?xf64>" : scalar;
    }
}

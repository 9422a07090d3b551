namespace Mlir.Tests.Remote.Server.Workers;

/// <summary>Modules that tests send.</summary>
internal static class Modules
{
    public const string Add = """
        func.func @main(%x: i32, %y: i32) -> i32 {
          %sum = arith.addi %x, %y : i32
          return %sum : i32
        }
        """;
}

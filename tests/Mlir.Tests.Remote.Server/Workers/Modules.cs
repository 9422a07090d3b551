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

    /// <summary>Each element times a factor.</summary>
    public const string Scale = """
        func.func @main(%a: tensor<?xf64>, %factor: f64) -> tensor<?xf64> {
          %c0 = arith.constant 0 : index
          %n = tensor.dim %a, %c0 : tensor<?xf64>
          %to = tensor.empty(%n) : tensor<?xf64>
          %r = linalg.generic {
            indexing_maps = [affine_map<(i) -> (i)>, affine_map<(i) -> (i)>], iterator_types = ["parallel"]
          } ins(%a : tensor<?xf64>) outs(%to : tensor<?xf64>) {
          ^bb0(%in: f64, %out: f64):
            %m = arith.mulf %in, %factor : f64
            linalg.yield %m : f64
          } -> tensor<?xf64>
          return %r : tensor<?xf64>
        }
        """;

    /// <summary>A matrix of fixed sizes, its first element, and itself again.</summary>
    public const string Fixed = """
        func.func @main(%a: tensor<2x3xi16>) -> (i16, tensor<2x3xi16>) {
          %c0 = arith.constant 0 : index
          %x = tensor.extract %a[%c0, %c0] : tensor<2x3xi16>
          return %x, %a : i16, tensor<2x3xi16>
        }
        """;

    /// <summary>A quotient; the divisor is checked.</summary>
    public const string Divide = """
        func.func @main(%x: i64, %y: i64) -> i64 {
          %zero = arith.constant 0 : i64
          %ok = arith.cmpi ne, %y, %zero : i64
          cf.assert %ok, "System.DivideByZeroException: Attempted to divide by zero." loc("x / y"("Program.cs":18:5))
          %q = arith.divsi %x, %y : i64
          return %q : i64
        }
        """;

    /// <summary>Counts down from its argument; from a negative one it does not end within a lifetime.</summary>
    public const string Countdown = """
        func.func @main(%n: i64) -> i64 {
          %zero = arith.constant 0 : i64
          %one = arith.constant 1 : i64
          %c3 = arith.constant 3 : i64
          %r:2 = scf.while (%i = %n, %hash = %zero) : (i64, i64) -> (i64, i64) {
            %more = arith.cmpi ne, %i, %zero : i64
            scf.condition(%more) %i, %hash : i64, i64
          } do {
          ^bb0(%i: i64, %hash: i64):
            %next = arith.subi %i, %one : i64
            %mixed = arith.xori %hash, %i : i64
            %rotated = arith.muli %mixed, %c3 : i64
            scf.yield %next, %rotated : i64, i64
          }
          return %r#1 : i64
        }
        """;

    /// <summary>Calls itself as often as it is told, and does something with each result that no compiler makes a loop of.</summary>
    public const string Nest = """
        func.func @main(%n: i64) -> i64 {
          %r = call @nest(%n) : (i64) -> i64
          return %r : i64
        }
        func.func private @nest(%n: i64) -> i64 {
          %zero = arith.constant 0 : i64
          %one = arith.constant 1 : i64
          %end = arith.cmpi eq, %n, %zero : i64
          %r = scf.if %end -> (i64) {
            scf.yield %one : i64
          } else {
            %less = arith.subi %n, %one : i64
            %inner = func.call @nest(%less) : (i64) -> i64
            %bits = arith.shrsi %inner, %one : i64
            %mixed = arith.xori %bits, %n : i64
            %other = arith.muli %mixed, %inner : i64
            scf.yield %other : i64
          }
          return %r : i64
        }
        """;

    /// <summary>An array's element at a place.</summary>
    public const string Element = """
        func.func @main(%a: tensor<?xf64>, %i: index) -> f64 {
          %x = tensor.extract %a[%i] : tensor<?xf64>
          return %x : f64
        }
        """;

    /// <summary>As many ones as it is told.</summary>
    public const string Ones = """
        func.func @main(%n: index) -> tensor<?xf64> {
          %one = arith.constant 1.0 : f64
          %e = tensor.empty(%n) : tensor<?xf64>
          %r = linalg.fill ins(%one : f64) outs(%e : tensor<?xf64>) -> tensor<?xf64>
          return %r : tensor<?xf64>
        }
        """;

    /// <summary>The running sum of as many ones as it is told, in memory that it gives back, at a place.</summary>
    public const string Scratch = """
        func.func @main(%n: index, %at: index) -> f64 {
          %zero = arith.constant 0.0 : f64
          %one = arith.constant 1.0 : f64
          %c0 = arith.constant 0 : index
          %c1 = arith.constant 1 : index
          %e = tensor.empty(%n) : tensor<?xf64>
          %filled = linalg.fill ins(%zero : f64) outs(%e : tensor<?xf64>) -> tensor<?xf64>
          %r:2 = scf.for %i = %c0 to %n step %c1 iter_args(%t = %filled, %sum = %zero) -> (tensor<?xf64>, f64) {
            %next = arith.addf %sum, %one : f64
            %u = tensor.insert %next into %t[%i] : tensor<?xf64>
            scf.yield %u, %next : tensor<?xf64>, f64
          }
          %x = tensor.extract %r#0[%at] : tensor<?xf64>
          return %x : f64
        }
        """;
}

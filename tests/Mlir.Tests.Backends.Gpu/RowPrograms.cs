namespace Mlir.Tests.Backends.Gpu;

/// <summary>Programs that go along rows more than once.</summary>
internal static class RowPrograms
{
    /// <summary>exp(x − max) / sum.</summary>
    public static string Softmax(string type) =>
        $$"""
            func.func @f(%x: tensor<?x?x{{type}}>) -> tensor<?x?x{{type}}> {
            {{Sizes(type)}}
              %m = linalg.reduce { arith.maximumf } ins(%x : tensor<?x?x{{type}}>) outs(%low : tensor<?x{{type}}>) dimensions = [1]
              %mb = linalg.broadcast ins(%m : tensor<?x{{type}}>) outs(%rows : tensor<?x?x{{type}}>) dimensions = [1]
              %d = arith.subf %x, %mb : tensor<?x?x{{type}}>
              %p = math.exp %d : tensor<?x?x{{type}}>
              %s = linalg.reduce { arith.addf } ins(%p : tensor<?x?x{{type}}>) outs(%none : tensor<?x{{type}}>) dimensions = [1]
              %sb = linalg.broadcast ins(%s : tensor<?x{{type}}>) outs(%rows : tensor<?x?x{{type}}>) dimensions = [1]
              %r = arith.divf %p, %sb : tensor<?x?x{{type}}>
              return %r : tensor<?x?x{{type}}>
            }
            """;

    /// <summary>max + log of the sum of exp(x − max), a number for each row.</summary>
    public static string LogSumExp(string type) =>
        $$"""
            func.func @f(%x: tensor<?x?x{{type}}>) -> tensor<?x{{type}}> {
            {{Sizes(type)}}
              %m = linalg.reduce { arith.maximumf } ins(%x : tensor<?x?x{{type}}>) outs(%low : tensor<?x{{type}}>) dimensions = [1]
              %mb = linalg.broadcast ins(%m : tensor<?x{{type}}>) outs(%rows : tensor<?x?x{{type}}>) dimensions = [1]
              %d = arith.subf %x, %mb : tensor<?x?x{{type}}>
              %p = math.exp %d : tensor<?x?x{{type}}>
              %s = linalg.reduce { arith.addf } ins(%p : tensor<?x?x{{type}}>) outs(%none : tensor<?x{{type}}>) dimensions = [1]
              %l = math.log %s : tensor<?x{{type}}>
              %r = arith.addf %m, %l : tensor<?x{{type}}>
              return %r : tensor<?x{{type}}>
            }
            """;

    /// <summary>(x − mean) / sqrt(variance + 1e-5) · scale + shift.</summary>
    public static string LayerNorm(string type) =>
        $$"""
            func.func @f(%x: tensor<?x?x{{type}}>, %scale: tensor<?x{{type}}>, %shift: tensor<?x{{type}}>) -> tensor<?x?x{{type}}> {
            {{Sizes(type)}}
              %ki = arith.index_cast %k : index to i64
              %kf = arith.sitofp %ki : i64 to {{type}}
              %count = tensor.splat %kf[%n] : tensor<?x{{type}}>
              %s = linalg.reduce { arith.addf } ins(%x : tensor<?x?x{{type}}>) outs(%none : tensor<?x{{type}}>) dimensions = [1]
              %mean = arith.divf %s, %count : tensor<?x{{type}}>
              %mb = linalg.broadcast ins(%mean : tensor<?x{{type}}>) outs(%rows : tensor<?x?x{{type}}>) dimensions = [1]
              %c = arith.subf %x, %mb : tensor<?x?x{{type}}>
              %q = arith.mulf %c, %c : tensor<?x?x{{type}}>
              %v = linalg.reduce { arith.addf } ins(%q : tensor<?x?x{{type}}>) outs(%none : tensor<?x{{type}}>) dimensions = [1]
              %var = arith.divf %v, %count : tensor<?x{{type}}>
              %e = arith.constant 1.0e-5 : {{type}}
              %eps = tensor.splat %e[%n] : tensor<?x{{type}}>
              %ve = arith.addf %var, %eps : tensor<?x{{type}}>
              %dev = math.sqrt %ve : tensor<?x{{type}}>
              %db = linalg.broadcast ins(%dev : tensor<?x{{type}}>) outs(%rows : tensor<?x?x{{type}}>) dimensions = [1]
              %norm = arith.divf %c, %db : tensor<?x?x{{type}}>
              %sb = linalg.broadcast ins(%scale : tensor<?x{{type}}>) outs(%rows : tensor<?x?x{{type}}>) dimensions = [0]
              %tb = linalg.broadcast ins(%shift : tensor<?x{{type}}>) outs(%rows : tensor<?x?x{{type}}>) dimensions = [0]
              %a = arith.mulf %norm, %sb : tensor<?x?x{{type}}>
              %r = arith.addf %a, %tb : tensor<?x?x{{type}}>
              return %r : tensor<?x?x{{type}}>
            }
            """;

    /// <summary>A softmax of the last of four dimensions.</summary>
    public const string Batches = """
        func.func @f(%x: tensor<?x3x?x70xf32>) -> tensor<?x3x?x70xf32> {
          %c0 = arith.constant 0 : index
          %c2 = arith.constant 2 : index
          %a = tensor.dim %x, %c0 : tensor<?x3x?x70xf32>
          %b = tensor.dim %x, %c2 : tensor<?x3x?x70xf32>
          %ninf = arith.constant 0xFF800000 : f32
          %zero = arith.constant 0.0 : f32
          %low = tensor.splat %ninf[%a, %b] : tensor<?x3x?xf32>
          %none = tensor.splat %zero[%a, %b] : tensor<?x3x?xf32>
          %rows = tensor.empty(%a, %b) : tensor<?x3x?x70xf32>
          %m = linalg.reduce { arith.maximumf } ins(%x : tensor<?x3x?x70xf32>) outs(%low : tensor<?x3x?xf32>) dimensions = [3]
          %mb = linalg.broadcast ins(%m : tensor<?x3x?xf32>) outs(%rows : tensor<?x3x?x70xf32>) dimensions = [3]
          %d = arith.subf %x, %mb : tensor<?x3x?x70xf32>
          %p = math.exp %d : tensor<?x3x?x70xf32>
          %s = linalg.reduce { arith.addf } ins(%p : tensor<?x3x?x70xf32>) outs(%none : tensor<?x3x?xf32>) dimensions = [3]
          %sb = linalg.broadcast ins(%s : tensor<?x3x?xf32>) outs(%rows : tensor<?x3x?x70xf32>) dimensions = [3]
          %r = arith.divf %p, %sb : tensor<?x3x?x70xf32>
          return %r : tensor<?x3x?x70xf32>
        }
        """;

    /// <summary>A softmax that returns everything on its way, beside sums of two kinds in one pass.</summary>
    public static string AllResults { get; } =
        $$"""
            func.func @f(%x: tensor<?x?xf32>) -> (tensor<?xf32>, tensor<?x?xf32>, tensor<?xf32>, tensor<?x?xf32>, tensor<?xf32>) {
            {{Sizes("f32")}}
              %m = linalg.reduce { arith.maximumf } ins(%x : tensor<?x?xf32>) outs(%low : tensor<?xf32>) dimensions = [1]
              %mb = linalg.broadcast ins(%m : tensor<?xf32>) outs(%rows : tensor<?x?xf32>) dimensions = [1]
              %d = arith.subf %x, %mb : tensor<?x?xf32>
              %p = math.exp %d : tensor<?x?xf32>
              %s = linalg.reduce { arith.addf } ins(%p : tensor<?x?xf32>) outs(%none : tensor<?xf32>) dimensions = [1]
              %sb = linalg.broadcast ins(%s : tensor<?xf32>) outs(%rows : tensor<?x?xf32>) dimensions = [1]
              %r = arith.divf %p, %sb : tensor<?x?xf32>
              %y = arith.mulf %x, %r : tensor<?x?xf32>
              %t = linalg.reduce { arith.addf } ins(%y : tensor<?x?xf32>) outs(%none : tensor<?xf32>) dimensions = [1]
              return %m, %p, %s, %r, %t : tensor<?xf32>, tensor<?x?xf32>, tensor<?xf32>, tensor<?x?xf32>, tensor<?xf32>
            }
            """;

    /// <summary>Reductions of one pass: a sum, a largest, a sum of products, the number of positive elements; all are used by each other.</summary>
    public static string Sums { get; } =
        $$"""
            func.func @f(%x: tensor<?x?xf32>) -> (tensor<?xf32>, tensor<?xi64>) {
            {{Sizes("f32")}}
              %s = linalg.reduce { arith.addf } ins(%x : tensor<?x?xf32>) outs(%none : tensor<?xf32>) dimensions = [1]
              %m = linalg.reduce { arith.minimumf } ins(%x : tensor<?x?xf32>) outs(%none : tensor<?xf32>) dimensions = [1]
              %xx = arith.mulf %x, %x : tensor<?x?xf32>
              %q = linalg.reduce { arith.addf } ins(%xx : tensor<?x?xf32>) outs(%low : tensor<?xf32>) dimensions = [1]
              %zeros = tensor.splat %zero[%n, %k] : tensor<?x?xf32>
              %p = arith.cmpf ogt, %x, %zeros : tensor<?x?xf32>
              %i = arith.extui %p : tensor<?x?xi1> to tensor<?x?xi64>
              %z = arith.constant 7 : i64
              %seven = tensor.splat %z[%n] : tensor<?xi64>
              %count = linalg.reduce { arith.addi } ins(%i : tensor<?x?xi64>) outs(%seven : tensor<?xi64>) dimensions = [1]
              %a = arith.addf %s, %m : tensor<?xf32>
              %b = arith.mulf %a, %q : tensor<?xf32>
              return %b, %count : tensor<?xf32>, tensor<?xi64>
            }
            """;

    /// <summary>A program over numbers of bf16 as one that gets and returns f32: .NET has no bf16.</summary>
    public static string Widened(string program) =>
        program
            .Replace("@f(%x: tensor<?x?xbf16>)", "@f(%wide: tensor<?x?xf32>)", StringComparison.Ordinal)
            .Replace("-> tensor<?x?xbf16> {", $"-> tensor<?x?xf32> {{{Narrow}", StringComparison.Ordinal)
            .Replace("-> tensor<?xbf16> {", $"-> tensor<?xf32> {{{Narrow}", StringComparison.Ordinal)
            .Replace("return %r : tensor<?x?xbf16>", Return("?x?"), StringComparison.Ordinal)
            .Replace("return %r : tensor<?xbf16>", Return("?"), StringComparison.Ordinal);

    private const string Narrow = " %x = arith.truncf %wide : tensor<?x?xf32> to tensor<?x?xbf16>";

    private static string Return(string sizes) =>
        $"%o = arith.extf %r : tensor<{sizes}xbf16> to tensor<{sizes}xf32>\n return %o : tensor<{sizes}xf32>";

    private static string Sizes(string type) =>
        $$"""
              %c0 = arith.constant 0 : index
              %c1 = arith.constant 1 : index
              %n = tensor.dim %x, %c0 : tensor<?x?x{{type}}>
              %k = tensor.dim %x, %c1 : tensor<?x?x{{type}}>
              %ninf = arith.constant {{type switch
            {
                "f64" => "0xFFF0000000000000",
                "f16" => "0xFC00",
                "bf16" => "0xFF80",
                _ => "0xFF800000",
            }}} : {{type}}
              %zero = arith.constant 0.0 : {{type}}
              %low = tensor.splat %ninf[%n] : tensor<?x{{type}}>
              %none = tensor.splat %zero[%n] : tensor<?x{{type}}>
              %rows = tensor.empty(%n, %k) : tensor<?x?x{{type}}>
            """;
}

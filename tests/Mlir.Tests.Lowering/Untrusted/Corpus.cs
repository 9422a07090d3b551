namespace Mlir.Tests.Lowering.Untrusted;

/// <summary>Modules that are admitted, with about everything in them that is.</summary>
internal static class Corpus
{
    public static IReadOnlyList<string> Texts { get; } =
    [
        .. Enumerable.Range(1, 12).Select(RandomProgram.Text),
        .. File.ReadAllText(Path.Combine(CaseFile.Folder, "RuntimeVerification", "generate-runtime-verification.mlir"))
            .Split("\n// -----\n")
            .Where(part => !part.StartsWith("// =>", StringComparison.Ordinal))
            .Select(part =>
                string.Join('\n', part.Split('\n').Where(line => !line.StartsWith("//", StringComparison.Ordinal)))
            ),
        """
            #map = affine_map<(d0, d1) -> (d0, d1)>
            #row = affine_map<(d0, d1) -> (0, d1)>
            #col = affine_map<(d0, d1) -> (d0)>
            #loc = loc("Program.cs":12:34)
            module {
              func.func private @fn.scale(%x: f64, %k: i32) -> f64 {
                %f = arith.sitofp %k : i32 to f64
                %r = arith.mulf %x, %f : f64 loc(#loc1)
                return %r : f64 loc(#loc)
              } loc(#loc)
              func.func @main(%a: tensor<?x?xf64>, %b: tensor<1x?xf64>, %k: i32, %n: index) -> (tensor<?x?xf64>, tensor<?xf64>, i32) {
                %c0 = arith.constant 0 : index
                %c1 = arith.constant 1 : index
                %d0 = tensor.dim %a, %c0 : tensor<?x?xf64>
                %d1 = tensor.dim %a, %c1 : tensor<?x?xf64>
                %e = tensor.empty(%d0, %d1) : tensor<?x?xf64>
                %0 = linalg.generic {indexing_maps = [#map, #row, #map], iterator_types = ["parallel", "parallel"]} ins(%a, %b : tensor<?x?xf64>, tensor<1x?xf64>) outs(%e : tensor<?x?xf64>) {
                ^bb0(%x: f64, %y: f64, %_: f64):
                  %i = linalg.index 0 : index
                  %i32 = arith.index_cast %i : index to i32
                  %q = arith.divsi %k, %i32 : i32
                  %s = func.call @fn.scale(%x, %q) : (f64, i32) -> f64
                  %p = math.exp %s : f64
                  %w = arith.addf %p, %y : f64
                  linalg.yield %w : f64
                } -> tensor<?x?xf64>
                %zero = arith.constant 0.0 : f64
                %re = tensor.empty(%d0) : tensor<?xf64>
                %rz = linalg.fill ins(%zero : f64) outs(%re : tensor<?xf64>) -> tensor<?xf64>
                %sum = linalg.generic {indexing_maps = [#map, #col], iterator_types = ["parallel", "reduction"]} ins(%0 : tensor<?x?xf64>) outs(%rz : tensor<?xf64>) {
                ^bb0(%x: f64, %acc: f64):
                  %t = arith.addf %acc, %x : f64
                  linalg.yield %t : f64
                } -> tensor<?xf64>
                %slice = tensor.extract_slice %sum[%c1] [%n] [2] : tensor<?xf64> to tensor<?xf64>
                %r:2 = scf.while (%i = %k, %c = %k) : (i32, i32) -> (i32, i32) {
                  %seven = arith.constant 7 : i32
                  %go = arith.cmpi slt, %i, %seven : i32
                  scf.condition(%go) %i, %c : i32, i32
                } do {
                ^bb0(%i: i32, %c: i32):
                  %one = arith.constant 1 : i32
                  %next = arith.addi %i, %one overflow<nsw, nuw> : i32
                  %shifted = arith.shli %c, %next : i32
                  scf.yield %next, %shifted : i32, i32
                }
                return %0, %slice, %r#1 : tensor<?x?xf64>, tensor<?xf64>, i32 loc(fused["x * k"("Program.cs":12:40), #loc])
              } loc(callsite("main" at #loc))
            } loc(#loc)
            #loc1 = loc("x * k"(#loc))

            """,
        """
            func.func @main(%x: tensor<?xi32>, %y: tensor<?xi32>, %f: f64, %n: index) -> (tensor<?xi32>, tensor<4xi16>, i64, tensor<2x3xf32>, f64) {
              %c = arith.constant dense<[1, -2, 3, 4]> : tensor<4xi16>
              %m = arith.constant dense<"0x000080BF0000803F000000400000404000008040000000C0"> : tensor<2x3xf32>
              %0 = arith.ceildivsi %x, %y : tensor<?xi32>
              %1 = arith.shrsi %0, %x : tensor<?xi32>
              %2 = arith.sitofp %1 : tensor<?xi32> to tensor<?xf32>
              %3 = arith.fptosi %2 : tensor<?xf32> to tensor<?xi32>
              %sel = arith.cmpi sgt, %1, %3 : tensor<?xi32>
              %4 = arith.select %sel, %3, %1 : tensor<?xi1>, tensor<?xi32>
              %5 = arith.fptosi %f : f64 to i64
              %i = arith.index_cast %5 : i64 to index
              %6 = tensor.from_elements %f, %f : tensor<2xf64>
              %7 = tensor.extract %6[%i] : tensor<2xf64>
              %p = math.ipowi %5, %5 : i64
              %8 = tensor.insert %7 into %6[%i] : tensor<2xf64>
              %9 = tensor.extract %8[%n] : tensor<2xf64>
              %t = tensor.empty() : tensor<3x2xf32>
              %tr = linalg.transpose ins(%m : tensor<2x3xf32>) outs(%t : tensor<3x2xf32>) permutation = [1, 0]
              %z = tensor.empty() : tensor<2x3xf32>
              %back = linalg.transpose ins(%tr : tensor<3x2xf32>) outs(%z : tensor<2x3xf32>) permutation = [1, 0]
              %cast = tensor.cast %x : tensor<?xi32> to tensor<3xi32>
              %ok = arith.cmpi sge, %5, %p : i64
              cf.assert %ok, "System.ArgumentException: odd"
              return %4, %c, %p, %back, %9 : tensor<?xi32>, tensor<4xi16>, i64, tensor<2x3xf32>, f64
            }
            """,
    ];
}

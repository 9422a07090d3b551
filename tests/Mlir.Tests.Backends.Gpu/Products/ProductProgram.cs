namespace Mlir.Tests.Backends.Gpu.Products;

/// <summary>A product as a program: arrays of the sums' type, or f32, come in; narrow ones are made of them.</summary>
internal static class ProductProgram
{
    public static string Text(string factor, string sum, string layout, string start = "zero")
    {
        var wide = sum == "f64" ? "f64" : "f32";
        var (left, right) = (layout.Split(' ')[0], layout.Split(' ')[1]);
        var (given, made, result) = ($"tensor<?x?x{wide}>", $"tensor<?x?x{factor}>", $"tensor<?x?x{sum}>");
        var narrow =
            factor == wide
                ? ""
                : $$"""
                      %a = arith.truncf %x : {{given}} to {{made}}
                      %b = arith.truncf %y : {{given}} to {{made}}
                    """;
        var (a, b) = factor == wide ? ("%x", "%y") : ("%a", "%b");
        var widen =
            factor == sum
                ? "%u = arith.mulf %p, %q : " + factor
                : $"""
                    %v = arith.extf %p : {factor} to {sum}
                    %w = arith.extf %q : {factor} to {sum}
                    %u = arith.mulf %v, %w : {sum}
                    """;
        return $$"""
            func.func @f(%x: {{given}}, %y: {{given}}{{(
                start == "add" ? $", %c: {result}" : ""
            )}}) -> tensor<?x?x{{wide}}> {
              %c0 = arith.constant 0 : index
              %c1 = arith.constant 1 : index
              %m = tensor.dim %x, %c{{(left == "ik" ? 0 : 1)}} : {{given}}
              %n = tensor.dim %y, %c{{(right == "kj" ? 1 : 0)}} : {{given}}
            {{narrow}}
              %z = arith.constant 0.0 : {{sum}}
              %e = tensor.empty(%m, %n) : {{result}}
              %i = linalg.fill ins(%z : {{sum}}) outs(%e : {{result}}) -> {{result}}
              %r = linalg.generic {indexing_maps = [affine_map<(i, j, k) -> ({{left[0]}}, {{left[1]}})>,
                                                    affine_map<(i, j, k) -> ({{right[0]}}, {{right[1]}})>,
                                                    affine_map<(i, j, k) -> (i, j)>],
                                   iterator_types = ["parallel", "parallel", "reduction"]}
                  ins({{a}}, {{b}} : {{made}}, {{made}}) outs({{(start == "add" ? "%c" : "%i")}} : {{result}}) {
              ^bb0(%p: {{factor}}, %q: {{factor}}, %s: {{sum}}):
                {{widen}}
                %t = arith.addf %s, %u : {{sum}}
                linalg.yield %t : {{sum}}
              } -> {{result}}
            {{(sum == wide ? "" : $"  %o = arith.extf %r : {result} to tensor<?x?x{wide}>")}}
              return {{(sum == wide ? "%r" : "%o")}} : tensor<?x?x{{wide}}>
            }
            """;
    }
}

using System.Text;

namespace Mlir.Tests.Lowering;

/// <summary>
/// A random program over matrices, vectors along their rows and columns, and slices of them:
/// <c>@f(%x: f64s, %y: f64s, %i: i32s)</c>. Sums are sums of integers, which wrap, so that every order gives one answer.
/// </summary>
internal sealed class RandomRowProgram
{
    private readonly Random _random;
    private readonly StringBuilder _body = new();

    // Values by where they live (0 matrix, 1 a value for each row, 2 for each column, 3 inner matrix) and element type.
    private readonly Dictionary<(int Space, string Element), List<string>> _values = new()
    {
        [(0, "f64")] = ["%x", "%y"],
        [(0, "i32")] = ["%i"],
    };

    private int _next;

    private RandomRowProgram(int seed) => _random = new Random(seed);

    public static string Text(int seed) => new RandomRowProgram(seed).Build();

    private string Build()
    {
        for (var count = _random.Next(4, 18); count > 0; count--)
        {
            Step();
        }

        var results = _values
            .Where(p => p.Value.Exists(v => v.StartsWith("%v", StringComparison.Ordinal)))
            .Select(p => (Name: p.Value[^1], Type: Type(p.Key.Space, p.Key.Element)))
            .ToList();
        if (results.Count == 0)
        {
            results.Add(("%x", Type(0, "f64")));
        }

        return $$"""
            func.func @f(%x: tensor<?x?xf64>, %y: tensor<?x?xf64>, %i: tensor<?x?xi32>) -> ({{string.Join(
                ", ",
                results.Select(r => r.Type)
            )}}) {
              %c0 = arith.constant 0 : index
              %c1 = arith.constant 1 : index
              %c2 = arith.constant 2 : index
              %r = tensor.dim %x, %c0 : tensor<?x?xf64>
              %c = tensor.dim %x, %c1 : tensor<?x?xf64>
              %h = arith.subi %r, %c1 : index
              %w = arith.subi %c, %c2 : index
            {{_body}}  return {{string.Join(", ", results.Select(r => r.Name))}} : {{string.Join(
                ", ",
                results.Select(r => r.Type)
            )}}
            }

            """;
    }

    private void Step()
    {
        var (space, element) = Pick(_values.Keys.OrderBy(k => k).ToArray());
        var type = Type(space, element);
        switch (_random.Next(10))
        {
            case 3 when element == "i32":
                Define(space, "f64", $"arith.sitofp {Any(space, element)} : {type} to {Type(space, "f64")}");
                break;
            case 3:
                Define(space, "f64", $"{Pick("math.absf", "math.sqrt", "arith.negf")} {Any(space, element)} : {type}");
                break;
            case 4 when space == 0 && _random.Next(3) == 0:
                FindExtreme(element, byRow: _random.Next(3) > 0);
                break;
            case 4 or 5 or 6 when space == 0:
                Reduce(element, byRow: _random.Next(3) > 0);
                break;
            case 4 or 5 or 6 when space is 1 or 2:
                Define(
                    0,
                    element,
                    $"linalg.broadcast ins({Any(space, element)} : {type}) outs({Empty(0, element)} : {Type(0, element)}) dimensions = [{2 - space}]"
                );
                break;
            case 7 or 8 when space == 0:
                Define(
                    3,
                    element,
                    $"tensor.extract_slice {Any(0, element)}[{_random.Next(2)}, {_random.Next(3)}] [%h, %w] [1, 1] : {type} to {Type(3, element)}"
                );
                break;
            case 9 when space == 0:
                Define(
                    1,
                    element,
                    $"tensor.extract_slice {Any(0, element)}[0, {_random.Next(2)}] [%r, 1] [1, 1] : {type} to {Type(1, element)}"
                );
                break;
            default:
                Define(
                    space,
                    element,
                    element == "f64"
                        ? $"arith.{Pick("addf", "subf", "mulf", "maximumf", "minnumf")} {Any(space, element)}, {Any(space, element)} : {type}"
                        : $"arith.{Pick("addi", "subi", "muli", "xori", "minsi")} {Any(space, element)}, {Any(space, element)} : {type}"
                );
                break;
        }
    }

    private void Reduce(string element, bool byRow)
    {
        var space = byRow ? 1 : 2;
        var combine = element == "f64" ? Pick("maximumf", "minimumf") : Pick("addi", "maxsi", "xori", "muli");
        var start = $"%v{_next++}";
        Line($"{start} = arith.constant {(element == "f64" ? "2.0" : "3")} : {element}");
        var empty = Empty(space, element);
        var filled = $"%v{_next++}";
        var type = Type(space, element);
        Line($"{filled} = linalg.fill ins({start} : {element}) outs({empty} : {type}) -> {type}");
        Define(
            space,
            element,
            $"linalg.reduce {{ arith.{combine} }} ins({Any(0, element)} : {Type(0, element)}) outs({filled} : {type}) dimensions = [{(byRow ? 1 : 0)}]"
        );
    }

    /// <summary>The first largest or smallest element, perhaps with NaN as the best of all, and its place.</summary>
    private void FindExtreme(string element, bool byRow)
    {
        var space = byRow ? 1 : 2;
        var (type, name) = (Type(space, element), $"%v{_next++}");
        var places = Type(space, "i64");
        Line($"{name}w = arith.constant {(element == "f64" ? "-5.0" : "-90")} : {element}");
        Line($"{name}z = arith.constant 0 : i64");
        var (best, place) = (Empty(space, element), Empty(space, "i64"));
        Line($"{name}b = linalg.fill ins({name}w : {element}) outs({best} : {type}) -> {type}");
        Line($"{name}p = linalg.fill ins({name}z : i64) outs({place} : {places}) -> {places}");
        var map = $"affine_map<(d0, d1) -> (d{(byRow ? 0 : 1)})>";
        var loops = byRow ? "\"parallel\", \"reduction\"" : "\"reduction\", \"parallel\"";
        Line(
            $"{name}:2 = linalg.generic {{indexing_maps = [affine_map<(d0, d1) -> (d0, d1)>, {map}, {map}], iterator_types = [{loops}]}} "
                + $"ins({Any(0, element)} : {Type(0, element)}) outs({name}b, {name}p : {type}, {places}) {{"
        );
        Line($"^bb0(%e: {element}, %best: {element}, %place: i64):");
        Line($"  %n = linalg.index {(byRow ? 1 : 0)} : index");
        Line("  %here = arith.index_cast %n : index to i64");
        var takes = "%takes";
        if (element == "i32")
        {
            Line($"  %takes = arith.cmpi {Pick("sgt", "slt", "ugt")}, %e, %best : i32");
        }
        else
        {
            Line($"  %takes = arith.cmpf {Pick("ogt", "olt")}, %e, %best : f64");
            if (_random.Next(2) == 0)
            {
                Line("  %isnan = arith.cmpf uno, %e, %e : f64");
                Line("  %number = arith.cmpf ord, %best, %best : f64");
                Line("  %first = arith.andi %isnan, %number : i1");
                Line("  %either = arith.ori %takes, %first : i1");
                takes = "%either";
            }
        }

        Line($"  %b = arith.select {takes}, %e, %best : {element}");
        Line($"  %p = arith.select {takes}, %here, %place : i64");
        Line($"  linalg.yield %b, %p : {element}, i64");
        Line($"}} -> ({type}, {places})");
        Add(space, element, $"{name}#0");
        Define(space, "f64", $"arith.sitofp {name}#1 : {places} to {Type(space, "f64")}");
    }

    private string Empty(int space, string element)
    {
        var name = $"%v{_next++}";
        Line(
            $"{name} = tensor.empty({space switch { 0 => "%r, %c", 1 => "%r", 2 => "%c", _ => "%h, %w" }}) : {Type(space, element)}"
        );
        return name;
    }

    private static string Type(int space, string element) => $"tensor<{(space is 1 or 2 ? "?x" : "?x?x")}{element}>";

    private void Define(int space, string element, string operation)
    {
        var name = $"%v{_next++}";
        Line($"{name} = {operation}");
        Add(space, element, name);
    }

    private void Add(int space, string element, string name)
    {
        if (!_values.TryGetValue((space, element), out var list))
        {
            _values[(space, element)] = list = [];
        }

        list.Add(name);
    }

    private void Line(string text) => _body.Append("  ").Append(text).Append('\n');

    private string Any(int space, string element) => Pick([.. _values[(space, element)]]);

    private T Pick<T>(params T[] choices) => choices[_random.Next(choices.Length)];
}

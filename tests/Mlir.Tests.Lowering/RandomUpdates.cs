using System.Text;

namespace Mlir.Tests.Lowering;

/// <summary>
/// A random program that updates arrays, <c>@f(%x: tensor&lt;8xf64>, %y: tensor&lt;8xf64>, %r: f64)</c>: every state of an array may be
/// read again later, in loops and branches too, so that whoever overwrites what is still wanted gives another answer.
/// </summary>
internal sealed class RandomUpdates
{
    private const string Array = "tensor<8xf64>";
    private const string Half = "tensor<4xf64>";
    private const string Square = "tensor<2x4xf64>";
    private const string Open = "tensor<?xf64>";

    private readonly Random _random;
    private readonly StringBuilder _text = new();
    private readonly Stack<(string Type, string Name)> _values = new();
    private int _next;
    private string _indent = "  ";

    private RandomUpdates(int seed) => _random = new Random(seed);

    public static string Text(int seed) => new RandomUpdates(seed).Build();

    private string Build()
    {
        foreach (var name in new[] { "%x", "%y" })
        {
            _values.Push((Array, name));
        }

        _values.Push(("f64", "%r"));
        Steps(_random.Next(4, 14), depth: 0);
        var results = Enumerable.Range(0, _random.Next(1, 4)).Select(_ => Any(Array)).Append(Any("f64")).ToArray();
        var types = string.Join(", ", results.Select((_, i) => i == results.Length - 1 ? "f64" : Array));
        return $$"""
            func.func @f(%x: {{Array}}, %y: {{Array}}, %r: f64) -> ({{types}}) {
              %c0 = arith.constant 0 : index
              %c1 = arith.constant 1 : index
              %c2 = arith.constant 2 : index
              %c3 = arith.constant 3 : index
              %c8 = arith.constant 8 : index
              %one = arith.constant 1.0 : f64
              %limit = arith.constant 40.0 : f64
            {{_text}}  return {{string.Join(", ", results)}} : {{types}}
            }

            """;
    }

    private void Steps(int count, int depth)
    {
        for (; count > 0; count--)
        {
            Step(depth);
        }
    }

    private void Step(int depth)
    {
        switch (_random.Next(depth < 3 ? 18 : 13))
        {
            case 0 or 1:
                Define(Array, $"tensor.insert {Any("f64")} into {Any(Array)}[{Subscript()}] : {Array}");
                break;
            case 2:
                Define("f64", $"tensor.extract {Any(Array)}[{Subscript()}] : {Array}");
                break;
            case 3:
                Define(
                    Half,
                    $"tensor.extract_slice {Any(Array)}[{_random.Next(2)}] [4] [{Pick("1", "2")}] : {Array} to {Half}"
                );
                break;
            case 4 when Has(Half):
                Define(
                    Array,
                    $"tensor.insert_slice {Any(Half)} into {Any(Array)}[{_random.Next(2)}] [4] [{Pick("1", "2")}] : {Half} into {Array}"
                );
                break;
            case 5:
                Define(Array, $"arith.{Pick("addf", "subf", "maximumf")} {Any(Array)}, {Any(Array)} : {Array}");
                break;
            case 6 when Has(Half):
                Define(Half, $"arith.{Pick("addf", "mulf")} {Any(Half)}, {Any(Half)} : {Half}");
                break;
            case 7:
                Define(
                    Square,
                    $"tensor.expand_shape {Any(Array)} [[0, 1]] output_shape [2, 4] : {Array} into {Square}"
                );
                break;
            case 8 when Has(Square):
                Define(Array, $"tensor.collapse_shape {Any(Square)} [[0, 1]] : {Square} into {Array}");
                break;
            case 9 when Has(Square):
                Define(
                    Square,
                    $"tensor.insert {Any("f64")} into {Any(Square)}[{Pick("%c0", "%c1")}, {Pick("%c0", "%c3")}] : {Square}"
                );
                break;
            case 10:
                Define("f64", $"arith.addf {Any("f64")}, %one : f64");
                break;
            case 11 when Has(Half):
                var padded = $"%v{_next++}";
                Line($"{padded} = tensor.pad {Any(Half)} low[{_random.Next(2)}] high[%c3] {{");
                Line($"^bb0(%{padded[1..]}i: index):");
                Line($"  tensor.yield {Any("f64")} : f64");
                Line($"}} : {Half} to {Open}");
                Define(Half, $"tensor.extract_slice {padded}[1] [4] [1] : {Open} to {Half}");
                break;
            case 12 when Has(Square):
                Define(
                    Half,
                    $"tensor.extract_slice {Any(Square)}[{Pick("%c0", "%c1")}, 0] [1, 4] [1, 1] : {Square} to {Half}"
                );
                break;
            case 13 or 14:
                Branch(depth);
                break;
            case 15 or 16:
                Loop(depth);
                break;
            case 17:
                While(depth);
                break;
            default:
                Define(Array, $"tensor.insert %one into {Any(Array)}[{Subscript()}] : {Array}");
                break;
        }
    }

    private void Branch(int depth)
    {
        var condition = $"%v{_next++}";
        Line($"{condition} = arith.cmpf olt, {Any("f64")}, {Any("f64")} : f64");
        var (first, second) = ($"%v{_next++}", $"{Array}, f64");
        Line($"{first}:2 = scf.if {condition} -> ({second}) {{");
        Inside(depth, () => Line($"scf.yield {Any(Array)}, {Any("f64")} : {second}"));
        Line("} else {");
        Inside(depth, () => Line($"scf.yield {Any(Array)}, {Any("f64")} : {second}"));
        Line("}");
        _values.Push((Array, first + "#0"));
        _values.Push(("f64", first + "#1"));
    }

    private void Loop(int depth)
    {
        var (made, iv, a, b, s) = ($"%v{_next++}", $"%v{_next++}", $"%v{_next++}", $"%v{_next++}", $"%v{_next++}");
        var types = $"{Array}, {Array}, f64";
        Line(
            $"{made}:3 = scf.for {iv} = %c0 to {Pick("%c3", "%c8", "%c0")} step %c1 iter_args({a} = {Any(Array)}, {b} = {Any(Array)}, {s} = {Any("f64")}) -> ({types}) {{"
        );
        Inside(
            depth,
            () => Line($"scf.yield {Any(Array)}, {Any(Array)}, {Any("f64")} : {types}"),
            (Array, a),
            (Array, b),
            ("f64", s),
            ("index", iv)
        );
        Line("}");
        _values.Push((Array, made + "#0"));
        _values.Push((Array, made + "#1"));
        _values.Push(("f64", made + "#2"));
    }

    private void While(int depth)
    {
        var (made, a, k, b, l) = ($"%v{_next++}", $"%v{_next++}", $"%v{_next++}", $"%v{_next++}", $"%v{_next++}");
        var types = $"{Array}, index";
        Line($"{made}:2 = scf.while ({a} = {Any(Array)}, {k} = %c0) : ({types}) -> ({types}) {{");
        Inside(
            depth,
            () =>
            {
                var go = $"%v{_next++}";
                Line($"{go} = arith.cmpi slt, {k}, %c3 : index");
                Line($"scf.condition({go}) {Any(Array)}, {k} : {types}");
            },
            (Array, a)
        );
        Line("} do {");
        Line($"^bb0({b}: {Array}, {l}: index):");
        Inside(
            depth,
            () =>
            {
                var more = $"%v{_next++}";
                Line($"{more} = arith.addi {l}, %c1 : index");
                Line($"scf.yield {Any(Array)}, {more} : {types}");
            },
            (Array, b),
            ("index", l)
        );
        Line("}");
        _values.Push((Array, made + "#0"));
    }

    private void Inside(int depth, Action end, params (string Type, string Name)[] arguments)
    {
        var (outside, indent) = (_values.Count, _indent);
        _indent += "  ";
        foreach (var argument in arguments)
        {
            _values.Push(argument);
        }

        Steps(_random.Next(0, 4), depth + 1);
        end();
        while (_values.Count > outside)
        {
            _values.Pop();
        }

        _indent = indent;
    }

    private string Subscript() =>
        Has("index") && _random.Next(2) == 0 ? Any("index") : Pick("%c0", "%c1", "%c2", "%c3");

    private void Define(string type, string operation)
    {
        var name = $"%v{_next++}";
        Line($"{name} = {operation}");
        _values.Push((type, name));
    }

    private void Line(string text) => _text.Append(_indent).Append(text).Append('\n');

    private bool Has(string type) => _values.Any(v => v.Type == type);

    // Late values more often: what was just made is what may be overwritten.
    private string Any(string type)
    {
        var all = _values.Where(v => v.Type == type).ToArray();
        return all[Math.Min(_random.Next(all.Length), _random.Next(all.Length))].Name;
    }

    private string Pick(params string[] choices) => choices[_random.Next(choices.Length)];
}

using System.Text;

namespace Mlir.Tests.Lowering;

/// <summary>
/// A random program over arrays of one length: <c>@f(%x: f64s, %y: f64s, %i: i32s, %r: f64, %k: i32)</c>. What it computes has one
/// answer: sums of floats are sums of small integers, and elementary functions are left to the tests of their expansion.
/// </summary>
internal sealed class RandomProgram
{
    private const string Doubles = "tensor<?xf64>";
    private const string Integers = "tensor<?xi32>";
    private const string Truths = "tensor<?xi1>";

    private readonly Random _random;
    private readonly StringBuilder _body = new();
    private readonly Dictionary<string, List<string>> _values = new()
    {
        [Doubles] = ["%x", "%y"],
        [Integers] = ["%i"],
        [Truths] = [],
        ["f64"] = ["%r"],
        ["i32"] = ["%k"],
    };

    private int _next;

    private RandomProgram(int seed) => _random = new Random(seed);

    public static string Text(int seed) => new RandomProgram(seed).Build();

    private string Build()
    {
        for (var count = _random.Next(3, 16); count > 0; count--)
        {
            Step(allowRegions: true);
        }

        // The last values are what most of the others went into.
        var results = new List<(string Name, string Type)>();
        foreach (var type in new[] { Doubles, Integers, "f64", "i32" })
        {
            if (results.Count == 0 || _random.Next(2) == 0)
            {
                results.Add((_values[type][^1], type));
            }
        }

        return $$"""
            func.func private @helper(%a: f64, %b: f64) -> f64 {
              %0 = arith.mulf %a, %b : f64
              %1 = arith.subf %0, %a : f64
              return %1 : f64
            }
            func.func @f(%x: {{Doubles}}, %y: {{Doubles}}, %i: {{Integers}}, %r: f64, %k: i32) -> ({{string.Join(
                ", ",
                results.Select(r => r.Type)
            )}}) {
              %c0 = arith.constant 0 : index
              %c1 = arith.constant 1 : index
              %c3 = arith.constant 3 : index
              %n = tensor.dim %x, %c0 : {{Doubles}}
            {{_body}}  return {{string.Join(", ", results.Select(r => r.Name))}} : {{string.Join(
                ", ",
                results.Select(r => r.Type)
            )}}
            }

            """;
    }

    private void Step(bool allowRegions)
    {
        switch (_random.Next(allowRegions ? 16 : 12))
        {
            case 0 or 1:
                Define(
                    Doubles,
                    $"arith.{Pick("addf", "subf", "mulf", "divf", "maximumf", "minimumf", "maxnumf")} {Any(Doubles)}, {Any(Doubles)} : {Doubles}"
                );
                break;
            case 2:
                Define(
                    Doubles,
                    $"{Pick("arith.negf", "math.absf", "math.sqrt", "math.floor")} {Any(Doubles)} : {Doubles}"
                );
                break;
            case 3 or 4:
                Define(
                    Integers,
                    $"arith.{Pick("addi", "subi", "muli", "andi", "xori", "maxsi", "minui")} {Any(Integers)}, {Any(Integers)} : {Integers}"
                );
                break;
            case 5:
                Define(
                    Truths,
                    $"arith.cmpf {Pick("olt", "uge", "oeq", "une")}, {Any(Doubles)}, {Any(Doubles)} : {Doubles}"
                );
                break;
            case 6:
                Define(Truths, $"arith.cmpi {Pick("slt", "ule", "eq")}, {Any(Integers)}, {Any(Integers)} : {Integers}");
                break;
            case 7 when _values[Truths].Count > 0:
                var type = Pick(Doubles, Integers);
                Define(type, $"arith.select {Any(Truths)}, {Any(type)}, {Any(type)} : {Truths}, {type}");
                break;
            case 8:
                Define(Doubles, $"arith.sitofp {Any(Integers)} : {Integers} to {Doubles}");
                break;
            case 9:
                Define(Doubles, $"tensor.splat {Any("f64")}[%n] : {Doubles}");
                break;
            case 10:
                var c = Define("i32", $"arith.constant {_random.Next(1, 9)} : i32");
                var cs = Define(Integers, $"tensor.splat {c}[%n] : {Integers}");
                Define(Integers, $"arith.{Pick("divsi", "remui", "shli", "divui")} {Any(Integers)}, {cs} : {Integers}");
                break;
            case 11:
                Define("f64", $"func.call @helper({Any("f64")}, {Any("f64")}) : (f64, f64) -> f64");
                break;
            case 12:
                Reduce(Integers, "i32", Pick("addi", "muli", "maxsi", "xori"), "3 : i32");
                break;
            case 13:
                Reduce(Doubles, "f64", Pick("maximumf", "minimumf"), "1.0 : f64");
                break;
            case 14:
                ExactSum();
                break;
            case 15:
                Region();
                break;
            default:
                Define(Doubles, $"arith.addf {Any(Doubles)}, {Any(Doubles)} : {Doubles}");
                break;
        }
    }

    private void ExactSum()
    {
        var c = Define("i32", "arith.constant 15 : i32");
        var cs = Define(Integers, $"tensor.splat {c}[%n] : {Integers}");
        var small = Define(Integers, $"arith.andi {Any(Integers)}, {cs} : {Integers}");
        var exact = Define(Doubles, $"arith.sitofp {small} : {Integers} to {Doubles}");
        Reduce(Doubles, "f64", "addf", "0.0 : f64", exact);
    }

    private void Reduce(string array, string scalar, string combine, string start, string? input = null)
    {
        var s = $"%v{_next++}";
        Line($"{s} = arith.constant {start}");
        var e = $"%v{_next++}";
        Line($"{e} = tensor.empty() : tensor<{scalar}>");
        var init = $"%v{_next++}";
        Line($"{init} = linalg.fill ins({s} : {scalar}) outs({e} : tensor<{scalar}>) -> tensor<{scalar}>");
        var reduced = $"%v{_next++}";
        Line(
            $"{reduced} = linalg.reduce {{ arith.{combine} }} ins({input ?? Any(array)} : {array}) outs({init} : tensor<{scalar}>) dimensions = [0]"
        );
        Define(scalar, $"tensor.extract {reduced}[] : tensor<{scalar}>");
    }

    private void Region()
    {
        if (_random.Next(2) == 0)
        {
            var (a, b) = (Any(Doubles), Any(Doubles));
            var scalar = Any("f64");
            var condition = $"%v{_next++}";
            Line($"{condition} = arith.cmpf olt, {scalar}, {Any("f64")} : f64");
            var inner = $"%v{_next++}";
            Define(
                Doubles,
                $"scf.if {condition} -> ({Doubles}) {{\n    {inner} = arith.mulf {a}, {b} : {Doubles}\n    scf.yield {inner} : {Doubles}\n  }} else {{\n    scf.yield {b} : {Doubles}\n  }}"
            );
        }
        else
        {
            var (a, b) = (Any(Doubles), Any(Doubles));
            var (carried, inner, iv) = ($"%v{_next++}", $"%v{_next++}", $"%v{_next++}");
            Define(
                Doubles,
                $"scf.for {iv} = %c0 to %c3 step %c1 iter_args({carried} = {a}) -> ({Doubles}) {{\n    {inner} = arith.addf {carried}, {b} : {Doubles}\n    scf.yield {inner} : {Doubles}\n  }}"
            );
        }
    }

    private string Define(string type, string operation)
    {
        var name = $"%v{_next++}";
        Line($"{name} = {operation}");
        _values[type].Add(name);
        return name;
    }

    private void Line(string text) => _body.Append("  ").Append(text).Append('\n');

    private string Any(string type) => _values[type][_random.Next(_values[type].Count)];

    private string Pick(params string[] choices) => choices[_random.Next(choices.Length)];
}

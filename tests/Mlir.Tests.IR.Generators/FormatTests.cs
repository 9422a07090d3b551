using Mlir.Tests.IR.Generators.TestDialect;

namespace Mlir.Tests.IR.Generators;

/// <summary>Each element of the declarative format, parsed and printed by generated code.</summary>
public sealed class FormatTests
{
    private static readonly DialectRegistry Dialects = AllDialects.Registry.With(new TDialect());

    // Literals, operands, an optional group with a keyword and angle brackets, types that follow from one.
    [TestCase("%0:2 = t.source : i32, i32", "%1 = t.add %0#0, %0#1 : i32")]
    [TestCase("%0:2 = t.source : i32, i32", "%1 = t.add %0#0, %0#1 overflow<fast, safe> {x = 1 : i32} : i32")]
    [TestCase("%0:2 = t.source : vector<4xi8>, vector<4xi8>", "%1 = t.add %0#0, %0#1 overflow<safe> : vector<4xi8>")]
    // Optional and variadic operands, an else branch, segments that the text does not show.
    [TestCase("%0:4 = t.source : f32, i8, index, i1", "t.optional %0#0[] alone : f32")]
    [TestCase(
        "%0:4 = t.source : f32, i8, index, i1",
        "t.optional %0#0, %0#1 : i8[%0#2, %0#2] to %0#3, %0#1 : i1, i8 {x} : f32"
    )]
    [TestCase("%0:4 = t.source : f32, i8, index, i1", "t.optional %0#0[%0#2] alone : f32")]
    [TestCase("%0 = t.source : f32", "t.maybe %0 : f32")]
    [TestCase("%0 = t.source : f32", "t.maybe {a}")]
    [TestCase("%0 = t.source : f32", "t.maybe")]
    [TestCase("%0:4 = t.source : i8, i8, i8, i8", "t.middle %0#0, %0#3 : i8")]
    [TestCase("%0:4 = t.source : i8, i8, i8, i8", "t.middle %0#0, %0#3 with %0#1, %0#2 : i8")]
    // All operands, results and types at once.
    [TestCase("%0:2 = t.source : f32, i8", "%1 = t.functional(%0#0) : (f32) -> i1")]
    [TestCase("%0:2 = t.source : f32, i8", "%1 = t.functional(%0#0, %0#1, %0#1) {x} : (f32, i8, i8) -> i1")]
    [TestCase("%0:2 = t.source : f32, i8", "%1 = t.halves %0#0, %0#1 : (f32, i8) -> tensor<?xf32>")]
    [TestCase("%0:2 = t.source : f32, i8", "%1 = t.types %0#0, %0#1 : f32, i8 -> i1")]
    [TestCase("%0:2 = t.source : f32, i8", "%1:2 = t.types %0#0, %0#1 : f32, i8 -> i1, f64")]
    [TestCase("%0:3 = t.groups : i8, i16 | f32", "%1:2 = t.groups :  | f32, f32")]
    // Inference of results and of operands, by types, values and attributes.
    [TestCase("%0:2 = t.source : tensor<?x4xf32>, index", "%1 = t.load %0#0[%0#1, %0#1] : tensor<?x4xf32>")]
    [TestCase("%0:2 = t.source : tensor<4xi8>, i8", "t.store %0#1, %0#0 : tensor<4xi8>")]
    [TestCase("%0:2 = t.source : i8, f32", "%1 = t.pick %0#0, %0#1 at 1 : i8, f32")]
    [TestCase("%0:2 = t.source : i8, f32", "%1:2 = t.mirror %0#0, %0#1 : i8, f32")]
    [TestCase("%0:2 = t.source : tensor<4xi8>, tensor<?xf32>", "t.shapes %0#0, %0#1 : tensor<4xi8>, tensor<?xf32>")]
    // Attributes of every kind.
    [TestCase(
        "%0 = t.source : i8",
        "t.attributes @name 7, -1, true, 1.500000e+00, \"a\\22b\", memref<4xf32>, (i8) -> (), green, green, [1, -2], [unit, 3 : i8]"
    )]
    [TestCase(
        "%0 = t.source : i8",
        "t.attributes @\"a b\" -9223372036854775808, 2147483647, false, 0x7FF0000000000000, \"\", index, () -> i8, red, red, [], \"x\" {more = 1 : i64}"
    )]
    [TestCase("%0 = t.source : i8", "t.optionals")]
    [TestCase(
        "%0 = t.source : i8",
        "t.optionals 3 times green text \"a\" like f32 nuw list [1, 2] callee @f::@g turns 2 {x}"
    )]
    [TestCase("%0 = t.source : i8", "t.optionals red nuw")]
    [TestCase("%0 = t.source : i8", "t.bracketed<fast> #t.color<green> attributes {x}")]
    [TestCase("%0 = t.constant 42 : i8", "%1 = t.constant dense<1> : tensor<2xi8>")]
    [TestCase("%0 = t.constant true", "%1 = t.constant {x} 1.000000e+00 : f32")]
    [TestCase("%0 = t.source : i8", "t.typed -3")]
    // Regions, their implicit terminators, custom directives and hand-written forms.
    [TestCase("%0 = t.source : i8", "t.scope {\n    %1 = t.source : i8\n  } else {\n    t.yield %0 : i8\n  }")]
    [TestCase("%0 = t.source : i8", "t.scope {\n    t.yield {x}\n  } {y}")]
    [TestCase(
        "%0 = t.source : i8",
        "t.many attributes {x} {\n    t.yield\n  }, {\n  ^bb0(%arg0: i8):\n    t.yield %arg0 : i8\n  }"
    )]
    [TestCase(
        "%0 = t.source : i8",
        "t.body {\n    %1 = t.source : i1\n    t.switch %1, ^bb1\n  ^bb1:  // pred: ^bb0\n    t.yield\n  }"
    )]
    [TestCase(
        "%0 = t.source : i8",
        "t.body {\n    %1 = t.source : i1\n    t.switch %1, ^bb1[^bb2, ^bb1]\n  ^bb1:  // 2 preds: ^bb0, ^bb0\n    t.yield\n  ^bb2:  // pred: ^bb0\n    t.yield\n  }"
    )]
    [TestCase(
        "%0 = t.source : i8",
        "t.body {\n    t.br ^bb1(%0, %0 : i8, i8) {x}\n  ^bb1(%1: i8, %2: i8):  // pred: ^bb0\n    t.br ^bb2\n  ^bb2:  // pred: ^bb1\n    t.yield\n  }"
    )]
    [TestCase("%0:2 = t.source : i8, f32", "t.custom %0#0 to %0#0 : i8")]
    [TestCase("%0:2 = t.source : i8, f32", "t.custom %0#0 to %0#0 : i8 by 4 and %0#1, %0#0 : f32, i8 {x}")]
    [TestCase("%0 = t.source : i8", "t.hand *7")]
    [TestCase("%0 = t.source : i8", "t.loud * {x}")]
    public void A_form_prints_as_it_was_written_and_survives_the_generic_form(string first, string second)
    {
        var text = $"module {{\n  {first}\n  {second}\n}}\n";
        var module = Parse(text);
        Assert.That(MlirText.Print(module), Is.EqualTo(text));

        var generic = MlirText.Print(module, new AsmPrinterOptions { Generic = true });
        Assert.That(generic, Does.Contain("\"t."));
        Assert.That(MlirText.Print(Parse(generic)), Is.EqualTo(text));
    }

    [TestCase("%0 = t.add %9, %9 overflow<quick> : i32", "quick")]
    [TestCase("%0:2 = t.source : i8, f32 t.types %0#0 : i8 -> i8", "expected 2 operands")]
    [TestCase(
        "%0:2 = t.source : i8, index %1 = t.load %0#0[%0#1] : i8",
        "operand #0 'source' must be tensor, but got 'i8'"
    )]
    [TestCase("%0 = t.source : i8 t.store %0, %0 : i8", "cannot infer the type of operand 'value'")]
    [TestCase("%0 = t.source : i8 %1 = t.pick %0 at 1 : i8", "cannot infer the type of result 'result'")]
    [TestCase(
        "%0 = t.source : i8 %1 = t.halves %0 : (i8) -> (i8, i8)",
        "expected one type for result 'output', but got 2"
    )]
    [TestCase("t.optionals callee 3", "symbolref attribute")]
    public void Text_that_does_not_fit_is_a_located_error(string text, string message)
    {
        var result = MlirText.Parse(text, Dialects);
        Assert.That(result.Succeeded, Is.False);
        Assert.That(result.Diagnostics[0].Message, Does.Contain(message));
        Assert.That(result.Diagnostics[0].Location.File, Is.Not.Null);
    }

    [Test]
    public void A_map_may_stand_under_an_alias()
    {
        const string Text = "#map = affine_map<(d0) -> (d0)>\nmodule {\n  t.mapped #map\n}\n";
        Assert.That(MlirText.Print(Parse(Text)), Is.EqualTo(Text));
        Assert.That(MlirText.Print(Parse("t.mapped affine_map<(d0) -> (d0)>")), Is.EqualTo(Text));
    }

    [Test]
    public void A_default_that_is_spelt_out_is_no_attribute()
    {
        var module = Parse("%0:2 = t.source : i32, i32 %1 = t.add %0#0, %0#1 overflow<none> : i32");
        var add = module.Walk().OfType<AddOp>().Single();
        Assert.That(add.GetAttribute("modes"), Is.Null);
        Assert.That(add.Modes, Is.EqualTo(Modes.None));
    }

    private static Operation Parse(string text)
    {
        var module = MlirText.Parse(text, Dialects).ValueOrThrow();
        Assert.That(Verifier.Verify(module, Dialects), Is.Empty);
        return module;
    }
}

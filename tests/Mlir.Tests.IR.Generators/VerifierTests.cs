using Mlir.Tests.IR.Generators.TestDialect;

namespace Mlir.Tests.IR.Generators;

/// <summary>What generated verifiers find, and that they cost nothing when there is nothing to find.</summary>
public sealed class VerifierTests
{
    private static readonly DialectRegistry Dialects = AllDialects.Registry.With(new TDialect());

    private const string Sources = "%0:5 = \"t.source\"() : () -> (i32, f32, index, i8, tensor<4xf32>) ";

    [TestCase("%1 = \"t.add\"(%0#0) : (i32) -> i32", "expected 2 operands, but found 1")]
    [TestCase("\"t.add\"(%0#0, %0#0) : (i32, i32) -> ()", "expected 1 result, but found 0")]
    [TestCase(
        "%1 = \"t.add\"(%0#0, %0#1) : (i32, f32) -> i32",
        "operand #1 'rhs' must be signless-integer-like, but got 'f32'"
    )]
    [TestCase("%1 = \"t.add\"(%0#0, %0#3) : (i32, i8) -> i32", "requires the same type for all operands and results")]
    [TestCase(
        "%1 = \"t.add\"(%0#0, %0#0) <{modes = 1 : i32}> : (i32, i32) -> i32",
        "attribute 'modes' must be a case of Modes, but got '1 : i32'"
    )]
    [TestCase("\"t.optional\"(%0#0) : (i32) -> ()", "requires attribute 'operandSegmentSizes'")]
    [TestCase(
        "\"t.optional\"(%0#0) <{operandSegmentSizes = array<i32: 1, 0, 0>}> : (i32) -> ()",
        "'operandSegmentSizes' attribute for specifying segments must have 4 elements, but got 3"
    )]
    [TestCase(
        "\"t.optional\"(%0#0) <{operandSegmentSizes = array<i32: 1, 2, 0, 0>}> : (i32) -> ()",
        "'operandSegmentSizes' gives group #1 2 values, but it takes 0 or 1"
    )]
    [TestCase(
        "\"t.optional\"(%0#0) <{operandSegmentSizes = array<i32: 1, 0, -1, 1>}> : (i32) -> ()",
        "'operandSegmentSizes' gives group #2 -1 values, but it takes 0 or more"
    )]
    [TestCase(
        "\"t.optional\"(%0#0) <{operandSegmentSizes = array<i32: 1, 0, 1, 0>}> : (i32) -> ()",
        "count (1) does not match with the total size (2) specified in attribute 'operandSegmentSizes'"
    )]
    [TestCase(
        "\"t.optional\"(%0#0, %0#2, %0#1) <{operandSegmentSizes = array<i32: 1, 0, 1, 1>}> : (i32, index, f32) -> ()",
        "operand #2 'rest' must be signless-integer-like, but got 'f32'"
    )]
    [TestCase("\"t.maybe\"(%0#0, %0#0) : (i32, i32) -> ()", "expected 0 to 1 operands, but found 2")]
    [TestCase("\"t.middle\"(%0#0, %0#0, %0#3) : (i32, i32, i8) -> ()", "requires all operands to have the same type")]
    [TestCase(
        "\"t.shapes\"(%0#4, %0#0) : (tensor<4xf32>, i32) -> ()",
        "requires the same shape for all operands and results"
    )]
    [TestCase(
        "%1 = \"t.load\"(%0#4, %0#2) : (tensor<4xf32>, index) -> i8",
        "inferred type 'f32' of 'result' is incompatible with its type 'i8'"
    )]
    [TestCase(
        "\"t.store\"(%0#0, %0#0) : (i32, i32) -> ()",
        "has operands and attributes from which the type of 'value' cannot be inferred"
    )]
    [TestCase(
        "%1 = \"t.mirror\"(%0#0) : (i32) -> f32",
        "failed to verify that all of {inputs, outputs} have same type"
    )]
    [TestCase(
        "%1 = \"t.constant\"() <{value = 1 : i8}> : () -> i32",
        "failed to verify that all of {value, result} have same type"
    )]
    [TestCase("%1 = \"t.constant\"() : () -> i32", "requires attribute 'value'")]
    [TestCase(
        "\"t.typed\"() <{seed = 1 : i32}> : () -> ()",
        "attribute 'seed' must be an IntegerAttr of type i8, but got '1 : i32'"
    )]
    [TestCase(
        "\"t.optionals\"() <{turns = 1 : i64}> : () -> ()",
        "attribute 'turns' must be an integer of type i32, but got '1 : i64'"
    )]
    [TestCase(
        "\"t.optionals\"() <{wrap = 1 : i64}> : () -> ()",
        "attribute 'wrap' must be a unit attribute, but got '1 : i64'"
    )]
    [TestCase("\"t.scope\"() ({}, {}) : () -> ()", "region #0 'body' must have 1 block")]
    [TestCase("\"t.scope\"() ({}) : () -> ()", "expected 2 regions, but found 1")]
    [TestCase("\"t.many\"() : () -> ()", "expected 1 or more regions, but found 0")]
    public void What_breaks_the_definition_is_reported_once(string op, string message)
    {
        var module = MlirText.Parse(Sources + op, Dialects).ValueOrThrow();
        var found = Verifier.Verify(module, Dialects);
        Assert.That(
            found.Select(d => d.Message[(d.Message.IndexOf(" op ", StringComparison.Ordinal) + 4)..]),
            Is.EqualTo(new[] { message })
        );
    }

    [Test]
    public void A_number_that_is_no_case_of_an_enumeration_is_refused()
    {
        const string Text = "t.attributes @name 7, 1, true, 1.5, \"a\", i8, (i8) -> (), green, green, [1], unit";
        var module = MlirText.Parse(Text, Dialects).ValueOrThrow();
        var op = module.Walk().OfType<AttributesOp>().Single();
        Assert.That(Verifier.Verify(module), Is.Empty);
        op.SetAttribute("number", IntegerAttr.Get(IntegerType.I64, 7));
        op.SetAttribute("function", TypeAttr.Get(IndexType.Instance));
        op.SetAttribute("list", DenseArrayAttr.I32(1));
        Assert.That(
            Verifier.Verify(module).Select(d => d.Message),
            Is.EqualTo(
                new[]
                {
                    "'t.attributes' op attribute 'function' must be a type of class FunctionType, but got 'index'",
                    "'t.attributes' op attribute 'number' must be the number of a case of Color of type i64, but got '7 : i64'",
                    "'t.attributes' op attribute 'list' must be an array of i64, but got 'array<i32: 1>'",
                }
            )
        );
    }

    [Test]
    public void Valid_operations_are_verified_without_allocation()
    {
        var v = new SourceOp(Location.Unknown, [IntegerType.I32, IntegerType.I32, IndexType.Instance]).Values;
        Operation[] ops =
        [
            new AddOp(Location.Unknown, v[0], v[1], Modes.Fast),
            new OptionalOp(Location.Unknown, v[0], v[1], [v[2]], [v[0]]),
            new MiddleOp(Location.Unknown, v[0], [v[1]], v[0]),
        ];
        var verifier = new OpVerifier();
        void All()
        {
            foreach (var op in ops)
            {
                op.VerifyInvariants(verifier);
            }
        }

        All();
        var before = GC.GetAllocatedBytesForCurrentThread();
        All();
        Assert.That(GC.GetAllocatedBytesForCurrentThread() - before, Is.Zero);
        Assert.That(verifier.Succeeded);
    }
}

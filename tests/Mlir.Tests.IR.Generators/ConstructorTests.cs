using Mlir.Tests.IR.Generators.TestDialect;

namespace Mlir.Tests.IR.Generators;

/// <summary>Generated constructors and properties.</summary>
public sealed class ConstructorTests
{
    private static readonly Location Here = new FileLineColLoc("f.cs", 1, 2);

    private static OpResult[] Values(params ReadOnlySpan<IrType> types) => [.. new SourceOp(Here, types).Values];

    [Test]
    public void A_result_of_the_type_of_an_operand_needs_no_type()
    {
        var v = Values(IntegerType.I8, IntegerType.I8);
        var op = new AddOp(Here, v[0], v[1], Modes.Fast);
        Assert.That(op.Location, Is.EqualTo(Here));
        Assert.That((op.Lhs, op.Rhs), Is.EqualTo(((Value)v[0], (Value)v[1])));
        Assert.That(op.Sum.Type, Is.EqualTo(IntegerType.I8));
        Assert.That(op.GetAttribute("modes"), Is.EqualTo(EnumAttr<Modes>.Get(Modes.Fast)));
        op.Lhs = v[1];
        op.Modes = Modes.None;
        Assert.That(op.Operands[0], Is.SameAs(v[1]));
        Assert.That(op.GetAttribute("modes"), Is.Null);
    }

    [Test]
    public void Groups_of_operands_can_be_replaced_one_by_one()
    {
        var v = Values(FloatType.F32, IntegerType.I8, IndexType.Instance, IntegerType.I1);
        var op = new OptionalOp(Here, v[0], null, [v[2]], [v[3], v[1]]);
        Assert.That(op.Second, Is.Null);
        Assert.That(op.Indices.ToArray(), Is.EqualTo(new[] { v[2] }));
        Assert.That(op.Rest.ToArray(), Is.EqualTo(new[] { v[3], v[1] }));

        op.Second = v[1];
        op.Indices = new PlainOp(Here, [v[2], v[2], v[2]], null, 0).Inputs;
        op.Rest = default;
        op.First = v[3];
        Assert.That(op.Second, Is.SameAs(v[1]));
        Assert.That(op.First, Is.SameAs(v[3]));
        Assert.That(op.Indices.Count, Is.EqualTo(3));
        Assert.That(op.Rest.Count, Is.Zero);
        Assert.That(op.GetAttribute("operandSegmentSizes"), Is.EqualTo(DenseArrayAttr.I32(1, 1, 3, 0)));

        op.Second = null;
        Assert.That(op.GetAttribute("operandSegmentSizes"), Is.EqualTo(DenseArrayAttr.I32(1, 0, 3, 0)));
        Assert.That(Verify(op), Is.Empty);
    }

    [Test]
    public void A_group_in_the_middle_needs_no_segments()
    {
        var v = Values(IntegerType.I8, IntegerType.I8, IntegerType.I8);
        var op = new MiddleOp(Here, v[0], [v[1]], v[2]);
        Assert.That(op.Last, Is.SameAs(v[2]));
        op.Middle = default;
        Assert.That(op.Last, Is.SameAs(v[2]));
        Assert.That(op.Operands.Count, Is.EqualTo(2));
        Assert.That(MiddleOp.Schema.AttributeNames, Is.Empty);
    }

    [Test]
    public void Groups_of_results_are_told_apart()
    {
        var op = new GroupsOp(Here, [IntegerType.I8], [FloatType.F32, FloatType.F64]);
        Assert.That(op.Left.Select(r => r.Type), Is.EqualTo(new IrType[] { IntegerType.I8 }));
        Assert.That(op.Right.Select(r => r.Type), Is.EqualTo(new IrType[] { FloatType.F32, FloatType.F64 }));
        Assert.That(Verify(op), Is.Empty);
    }

    [Test]
    public void Types_are_inferred_or_the_constructor_says_why_not()
    {
        var v = Values(RankedTensorType.Get([4], FloatType.F32), IndexType.Instance);
        Assert.That(new LoadOp(Here, v[0], [v[1]]).Result.Type, Is.EqualTo(FloatType.F32));
        Assert.That(new PickOp(Here, v.AsSpan().ToArray(), 1).Result.Type, Is.EqualTo(IndexType.Instance));
        Assert.That(new MirrorOp(Here, v).Outputs.Select(o => o.Type), Is.EqualTo(v.Select(x => x.Type)));
        Assert.That(new ConstantOp(Here, IntegerAttr.True).Result.Type, Is.EqualTo(IntegerType.I1));
        Assert.That(
            () => new PickOp(Here, v.AsSpan().ToArray(), 2),
            Throws.ArgumentException.With.Message.EqualTo(
                "'t.pick' cannot infer the type of 'result' from its other parts"
            )
        );
    }

    [Test]
    public void Attributes_keep_what_properties_were_given()
    {
        var op = new OptionalsOp(Here);
        Assert.That(
            (op.Count, op.Color, op.Text, op.Type, op.Wrap, op.List, op.Callee, op.Turns),
            Is.EqualTo(
                (
                    (long?)null,
                    (Color?)null,
                    (string?)null,
                    (IrType?)null,
                    false,
                    (DenseArrayAttr?)null,
                    (SymbolRefAttr?)null,
                    1
                )
            )
        );
        op.Count = 3;
        op.Color = Color.Green;
        op.Text = "x";
        op.Type = IndexType.Instance;
        op.Wrap = true;
        op.List = DenseArrayAttr.I32(1);
        op.Turns = 5;
        Assert.That(
            (op.Count, op.Color, op.Text, op.Type, op.Wrap, op.List, op.Turns),
            Is.EqualTo(((long?)3, (Color?)Color.Green, "x", IndexType.Instance, true, DenseArrayAttr.I32(1), 5))
        );
        Assert.That(op.GetAttribute("wrap"), Is.EqualTo(UnitAttr.Instance));
        op.Count = null;
        op.Wrap = false;
        op.Turns = 1;
        Assert.That(op.GetAttribute("count") ?? op.GetAttribute("wrap") ?? op.GetAttribute("turns"), Is.Null);
        Assert.That(new OptionalsOp(Here, count: 2, wrap: true, turns: 7) is { Count: 2, Wrap: true, Turns: 7 });
    }

    [Test]
    public void Successors_and_regions_are_made()
    {
        var body = new BodyOp(Here);
        var entry = body.Region.AddBlock();
        var (a, b) = (body.Region.AddBlock(), body.Region.AddBlock());
        var flag = Values(IntegerType.I1)[0];
        var op = new SwitchOp(Here, flag, a, [b, a]);
        entry.Insert(op);
        Assert.That(op.Otherwise, Is.SameAs(a));
        Assert.That(op.Cases, Is.EqualTo(new[] { b, a }));
        var branch = new BrOp(Here, default, a);
        branch.Dest = b;
        Assert.That(branch.Dest, Is.SameAs(b));
        Assert.That(new ManyOp(Here, 2).Others, Has.Count.EqualTo(2));
    }

    [Test]
    public void A_dialect_finds_its_operations()
    {
        var dialect = TDialect.Instance;
        Assert.That(dialect.Name, Is.EqualTo("t"));
        Assert.That(dialect.FindOp("t.add"), Is.SameAs(AddOp.Schema));
        Assert.That(dialect.FindOp("t.none"), Is.Null);
        Assert.That(dialect.Ops.Select(o => o.Name), Is.Ordered.Using((IComparer<string>)StringComparer.Ordinal));
        Assert.That(dialect.Ops, Has.Member(HandOp.Schema).And.Member(PlainOp.Schema));
        Assert.That(dialect.Ops.All(o => dialect.FindOp(o.Name) == o));
    }

    private static IReadOnlyList<Diagnostic> Verify(Operation op)
    {
        var verifier = new OpVerifier();
        op.VerifyInvariants(verifier);
        return verifier.Diagnostics;
    }
}

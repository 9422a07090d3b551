using Mlir.Dialects.Flow;
using Mlir.IR;

namespace Mlir.Tests.IR;

/// <summary>Copies, places and arguments: what code that goes over very many operations uses.</summary>
public sealed class OperationTests
{
    private static readonly DataType Number = DataType.Get("double");

    [Test]
    public void A_copy_with_other_operands_is_like_the_original_and_detached()
    {
        var (block, tasks) = Chain(2);
        tasks[1].SetAttribute("note", UnitAttr.Instance);
        tasks[1].Result0.NameHint = "z";
        var other = new InputOp(Location.Unknown, "other", Number);
        var copy = (TaskOp)tasks[1].CloneWith(other.Value);
        Assert.Multiple(() =>
        {
            Assert.That(copy.Block, Is.Null);
            Assert.That(copy.Previous, Is.Null);
            Assert.That(copy.Next, Is.Null);
            Assert.That(copy.Operands, Is.EqualTo(new Value[] { other.Value }));
            Assert.That(other.Value.FirstUse!.Owner, Is.SameAs(copy));
            Assert.That(copy.Result.Owner, Is.SameAs(copy));
            Assert.That(copy.Result.NameHint, Is.EqualTo("z"));
            Assert.That(copy.Result.IsUnused, Is.True);
            Assert.That(copy.Attributes, Is.EqualTo(tasks[1].Attributes));
            Assert.That(tasks[1].Operands[0], Is.SameAs(tasks[0].Result0));
            Assert.That(tasks[0].Result0.HasOneUse, Is.True);
            Assert.That(tasks[1].Block, Is.SameAs(block));
        });
    }

    [Test]
    public void What_is_set_on_a_copy_is_not_set_on_the_original()
    {
        var (_, tasks) = Chain(1);
        foreach (var copy in new[] { tasks[0].CloneWith(tasks[0].Operands[0]), tasks[0].Clone() })
        {
            copy.SetAttribute("algorithm", StringAttr.Get("other"));
            copy.SetAttribute("compiler", null);
            Assert.That(((TaskOp)copy).Algorithm, Is.EqualTo("other"));
            Assert.That(((TaskOp)copy).Compiler, Is.Null);
            Assert.That(((TaskOp)copy).Implementation, Is.EqualTo("P.Scale"));
            Assert.That(tasks[0].Algorithm, Is.EqualTo("scale"));
            Assert.That(tasks[0].Compiler, Is.EqualTo("cpu"));
        }

        var last = (TaskOp)tasks[0].Clone();
        tasks[0].SetAttribute("algorithm", StringAttr.Get("changed"));
        Assert.That(last.Algorithm, Is.EqualTo("scale"));
    }

    [Test]
    public void An_operation_with_regions_is_not_copied_without_them()
    {
        var graph = GraphOp.Create(Location.Unknown, "g");
        Assert.That(
            () => graph.CloneWith(),
            Throws.InvalidOperationException.With.Message.EqualTo("'flow.graph' has regions or successors")
        );
    }

    [Test]
    public void Places_grow_along_the_block_and_numbers_have_no_gaps()
    {
        var (block, tasks) = Chain(4);
        Assert.That(tasks.Select(t => t.PlaceInBlock), Is.EqualTo(new[] { 1, 2, 3, 4 }), "the input is number 0");
        tasks[3].Erase();
        var late = new InputOp(Location.Unknown, "late", Number);
        block.Insert(late, tasks[0]);
        Assert.That(tasks[0].PlaceInBlock, Is.GreaterThan(late.PlaceInBlock));
        var numbered = block.Number();
        Assert.That(numbered, Is.EqualTo(block.Operations));
        Assert.That(numbered.Select(o => o.PlaceInBlock), Is.EqualTo(Enumerable.Range(0, numbered.Length)));
        late.Remove();
        Assert.That(
            () => late.PlaceInBlock,
            Throws.InvalidOperationException.With.Message.EqualTo("'flow.input' is in no block")
        );
    }

    [Test]
    public void Unused_arguments_go_together_and_the_others_are_numbered_again()
    {
        var block = new Block();
        for (var i = 0; i < 5; i++)
        {
            block.AddArgument(Number);
        }

        block.Insert(new YieldOp(Location.Unknown, [block.Arguments[3], block.Arguments[4]]));
        var (kept, used) = (block.Arguments[1], block.Arguments[3]);
        block.EraseUnusedArguments(a => a.Index != 1);
        Assert.That(block.Arguments, Is.EqualTo(new[] { kept, used, block.Last!.Operands[1] }));
        Assert.That(block.Arguments.Select(a => a.Index), Is.EqualTo(new[] { 0, 1, 2 }));
    }

    [Test]
    public void Locations_are_fused_once_each_in_order()
    {
        Location[] places = [.. Enumerable.Range(0, 100).Select(i => new FileLineColLoc("a.cs", i, 1))];
        Location inner = new FusedLoc([places[5], places[50]]);
        Assert.That(
            Location.Fuse([places[7], Location.Unknown, .. places, inner, places[3]]),
            Is.EqualTo(new FusedLoc([places[7], .. places.Where(p => p != places[7])]))
        );
        Assert.That(Location.Fuse(places[1], places[1] with { }), Is.EqualTo(places[1]));
        Assert.That(Location.Fuse(Location.Unknown), Is.EqualTo(Location.Unknown));
    }

    private static (Block Block, List<TaskOp> Tasks) Chain(int length)
    {
        var block = GraphOp.Create(Location.Unknown, "g").Body;
        var input = new InputOp(Location.Unknown, "x", Number);
        block.Insert(input);
        var tasks = new List<TaskOp>();
        for (var i = 0; i < length; i++)
        {
            tasks.Add(
                new TaskOp(
                    Location.Unknown,
                    [i == 0 ? input.Value : tasks[^1].Result],
                    "scale",
                    "P.Scale",
                    Number,
                    "cpu"
                )
            );
            block.Insert(tasks[^1]);
        }

        return (block, tasks);
    }
}

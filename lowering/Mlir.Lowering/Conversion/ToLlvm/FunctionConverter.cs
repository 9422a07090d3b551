using Mlir.IR;

namespace Mlir.Lowering;

/// <summary>Fills in one function of LLVM, block by block.</summary>
internal static class FunctionConverter
{
    /// <summary>Keeps LLVM from turning loops into calls of library routines, which nobody may have linked.</summary>
    private static readonly ArrayAttr NoBuiltins = ArrayAttr.Get(
        StringAttr.Get("no-builtins"),
        StringAttr.Get("nounwind")
    );

    public static void Convert(LlvmModuleConverter module, LlvmFunction function)
    {
        var source = function.Source;
        if (source.IsDeclaration)
        {
            return;
        }

        if (module.Gpu is null)
        {
            function.Target.SetAttribute("passthrough", NoBuiltins);
        }

        var emitter = new LlvmEmitter(module, function) { Location = source.Location };
        var at = 0;
        foreach (var argument in source.Entry.Arguments)
        {
            at = emitter.Bind(argument, emitter.Entry.Arguments, at);
        }

        // Predecessors come first but for loops, so that what stands for a value is known where the value is used.
        var order = ReversePostOrder(source.Body);
        for (var i = 1; i < order.Count; i++)
        {
            emitter.AddBlock(order[i], source);
        }

        foreach (var block in order)
        {
            if (block != source.Entry)
            {
                emitter.MoveTo(emitter.BlockFor(block));
            }

            for (var op = block.First; op is not null; op = op.Next)
            {
                if (op is IConstantLike && op.Results[0].IsUnused)
                {
                    continue;
                }

                emitter.Location = op.Location;
                var rule = ConversionTable.All.Find(op) ?? throw ConversionException.For(op, "no rule knows it");
                rule(op, emitter);
            }
        }

        emitter.Finish();
        if (source.IsPublic && module.Gpu is null)
        {
            module.Add(PackedEntry.Build(function, NoBuiltins));
        }
    }

    private static List<Block> ReversePostOrder(Region region)
    {
        var order = new List<Block>();
        if (region.HasOneBlock)
        {
            order.Add(region.First!);
            return order;
        }

        var seen = new HashSet<Block>(ReferenceEqualityComparer.Instance) { region.First! };
        var stack = new Stack<(Block Block, int Next)>();
        stack.Push((region.First!, 0));
        while (stack.TryPop(out var top))
        {
            var successors = top.Block.Last!.Successors;
            if (top.Next == successors.Count)
            {
                order.Add(top.Block);
                continue;
            }

            // The last successor is visited first and so comes last: loops stay together before what follows them.
            stack.Push((top.Block, top.Next + 1));
            var target = successors[successors.Count - 1 - top.Next].Target;
            if (seen.Add(target))
            {
                stack.Push((target, 0));
            }
        }

        order.Reverse();
        return order;
    }
}

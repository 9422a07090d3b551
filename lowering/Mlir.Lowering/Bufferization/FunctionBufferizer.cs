using Mlir.Dialects;
using Mlir.Dialects.Func;
using Mlir.Dialects.Linalg;
using Mlir.Dialects.MemRef;
using Mlir.IR;
using Arith = Mlir.Dialects.Arith;
using Scf = Mlir.Dialects.Scf;
using Tensor = Mlir.Dialects.Tensor;

namespace Mlir.Lowering;

/// <summary>Bufferizes one function.</summary>
/// <remarks>
/// Operations are replaced in order. A buffer is <em>owned</em> when this function allocated it (or was given it by a call or a region):
/// an owned buffer is freed behind its last use in the block that owns it, unless that block hands it on. Writing in place needs an
/// owned buffer that nobody reads later.
/// </remarks>
internal sealed class FunctionBufferizer(FuncOp function)
{
    private static readonly DiagnosticTemplate Unsupported = new(
        "MLIR3201",
        DiagnosticSeverity.Error,
        "'{0}' on tensors has no form on memory"
    );
    private static readonly DiagnosticTemplate BlockArguments = new(
        "MLIR3202",
        DiagnosticSeverity.Error,
        "tensors cannot be passed between blocks; use structured control flow"
    );

    private static readonly DiagnosticTemplate LargeConstant = new(
        "MLIR3203",
        DiagnosticSeverity.Error,
        "a constant of {0} elements is too large for code; pass it as an argument"
    );

    private static readonly DiagnosticTemplate InBody = new(
        "MLIR3204",
        DiagnosticSeverity.Error,
        "'{0}' on tensors has no form on memory inside the body of a linalg operation"
    );

    private const long MaxConstantElements = 4096;
    private const long MaxStackBytes = 1024;

    private readonly Dictionary<Value, Value> _buffers = new(ReferenceEqualityComparer.Instance);

    // Views point to what they view; a buffer that owns its memory points to itself.
    private readonly Dictionary<Value, Value> _roots = new(ReferenceEqualityComparer.Instance);
    private readonly Dictionary<Value, Block> _owners = new(ReferenceEqualityComparer.Instance);
    private readonly List<Operation> _dead = [];
    private readonly HashSet<Operation> _deadSet = new(ReferenceEqualityComparer.Instance);

    public void Run()
    {
        var type = function.FunctionType;
        function.FunctionType = FunctionType.Get(
            [.. type.Inputs.Select(Bufferize.BufferType)],
            [.. type.Results.Select(Bufferize.BufferType)]
        );
        if (function.IsDeclaration)
        {
            return;
        }

        foreach (var block in function.Body.Blocks)
        {
            foreach (var argument in block.Arguments.Where(a => Bufferize.IsTensor(a.Type)))
            {
                if (!block.IsEntry)
                {
                    throw new DiagnosticException(BlockArguments.At(argument.Location));
                }

                argument.Type = Bufferize.BufferType(argument.Type);
                Borrow(argument, argument);
            }
        }

        foreach (var block in function.Body.Blocks)
        {
            ConvertBlock(block);
        }

        for (var i = _dead.Count - 1; i >= 0; i--)
        {
            _dead[i].DropAllReferences();
        }

        for (var i = _dead.Count - 1; i >= 0; i--)
        {
            _dead[i].Erase();
        }

        foreach (var block in function.Body.Blocks)
        {
            InsertFrees(block);
        }
    }

    private void ConvertBlock(Block block)
    {
        for (var op = block.First; op is not null; )
        {
            var next = op.Next;
            Convert(op);
            op = next;
        }
    }

    private void Convert(Operation op)
    {
        var emit = new Emitter(new OpBuilder(op), op.Location);
        switch (op)
        {
            case GenericOp generic:
                ConvertGeneric(emit, generic);
                break;
            case ILinalgOp when op.Results.Count > 0:
                var general = GeneralizeNamed.Generalize(op);
                op.ReplaceAllUsesWith([.. general.Results]);
                Bury(op);
                ConvertGeneric(new Emitter(new OpBuilder(op), op.Location), general);
                break;
            case Tensor.EmptyOp:
                // Memory comes with whoever writes to it.
                Bury(op);
                break;
            case Tensor.DimOp dim:
                ConvertDim(emit, dim);
                break;
            case Tensor.ExtractOp extract:
                Replace(op, emit.Load(BufferOf(emit, extract.Tensor), extract.Indices.ToArray()));
                break;
            case Tensor.InsertOp insert:
                var target = Writable(emit, insert.Dest, op, keepContents: true);
                emit.Store(insert.Scalar, target, insert.Indices.ToArray());
                Own(insert.Result, target, op.Block!);
                Bury(op);
                break;
            case Tensor.SplatOp splat:
                var filled = Allocate(emit, splat.Aggregate, splat.DynamicSizes.ToArray(), op.Block!);
                Fill(emit, filled, splat.Input);
                Bury(op);
                break;
            case Tensor.FromElementsOp elements:
                ConvertElements(emit, elements);
                break;
            case Tensor.CastOp cast:
                ConvertCast(emit, cast);
                break;
            case Tensor.ExtractSliceOp slice:
                ConvertSlice(emit, slice);
                break;
            case Tensor.InsertSliceOp slice:
                ConvertInsertSlice(emit, slice);
                break;
            case Arith.ConstantOp { Value: DenseElementsAttr value } when value.Type is RankedTensorType:
                ConvertConstant(emit, (Arith.ConstantOp)op, value);
                break;
            case Scf.IfOp branch:
                ConvertIf(branch);
                break;
            case Scf.ForOp loop:
                ConvertFor(emit, loop);
                break;
            case Scf.YieldOp when op.ParentOp is Scf.IfOp or Scf.ForOp:
                // Handed over once the whole block is converted.
                break;
            case CallOp call:
                ConvertCall(emit, call);
                break;
            case ReturnOp ret:
                ConvertReturn(emit, ret);
                break;
            default:
                ConvertOther(op);
                break;
        }
    }

    private void ConvertOther(Operation op)
    {
        if (op.Results.Any(r => Bufferize.IsTensor(r.Type)) || op.Operands.Types.Any(Bufferize.IsTensor))
        {
            throw new DiagnosticException(Unsupported.At(op.Location, op.Name));
        }

        foreach (var block in op.Regions.SelectMany(r => r.Blocks).ToList())
        {
            if (block.Arguments.Any(a => Bufferize.IsTensor(a.Type)))
            {
                throw new DiagnosticException(Unsupported.At(op.Location, op.Name));
            }

            ConvertBlock(block);
            InsertFrees(block);
        }
    }

    private void ConvertGeneric(Emitter emit, GenericOp generic)
    {
        if (generic.Results.Count == 0)
        {
            return;
        }

        // Bodies stay as they are, so they must not know tensors.
        foreach (var inner in generic.BodyBlock.Operations.SelectMany(o => o.Walk()))
        {
            if (inner.Definition.Dialect == "tensor" || inner.Operands.Types.Any(Bufferize.IsTensor))
            {
                throw new DiagnosticException(InBody.At(inner.Location, inner.Name));
            }
        }

        var inputs = generic.Inputs.ToArray().Select(v => v.Type is RankedTensorType ? BufferOf(emit, v) : v).ToArray();
        var outputs = new Value[generic.Outputs.Count];
        for (var i = 0; i < outputs.Length; i++)
        {
            outputs[i] = Writable(emit, generic.Outputs[i], generic, keepContents: !generic.OutputElement(i).IsUnused);
        }

        var made = emit.Insert(
            new GenericOp(generic.Location, inputs, outputs, generic.IndexingMaps, generic.IteratorTypes, [])
        );
        made.Discardable = generic.Discardable;
        made.Body.TakeBlocks(generic.Body);
        for (var i = 0; i < outputs.Length; i++)
        {
            Own(generic.Results[i], outputs[i], generic.Block!);
        }

        Bury(generic);
    }

    /// <summary>A buffer that may be overwritten and becomes the next state of <paramref name="destination"/>.</summary>
    private Value Writable(Emitter emit, Value destination, Operation user, bool keepContents)
    {
        if (destination.Definer is Tensor.EmptyOp empty && !_buffers.ContainsKey(destination))
        {
            return emit.Alloc((MemRefType)Bufferize.BufferType(destination.Type), empty.DynamicSizes.ToArray());
        }

        var buffer = BufferOf(emit, destination);
        if (
            _owners.TryGetValue(buffer, out var owner)
            && ReferenceEquals(owner, user.Block)
            && buffer.Type == Bufferize.BufferType(destination.Type)
            && IsLastRead(buffer, destination, user)
        )
        {
            return buffer;
        }

        var type = (MemRefType)Bufferize.BufferType(destination.Type);
        var sizes = Enumerable
            .Range(0, type.Rank)
            .Where(type.IsDynamicDim)
            .Select(d => emit.MemRefDim(buffer, d))
            .ToArray();
        var fresh = emit.Alloc(type, sizes);
        if (keepContents)
        {
            emit.Copy(buffer, fresh);
        }

        return fresh;
    }

    /// <summary>Whether no tensor that shares the buffer is used after <paramref name="user"/>, or by it in another role.</summary>
    private bool IsLastRead(Value buffer, Value destination, Operation user)
    {
        foreach (var (tensor, other) in _buffers)
        {
            if (!ReferenceEquals(Root(other), Root(buffer)))
            {
                continue;
            }

            foreach (var use in tensor.Uses)
            {
                if (_deadSet.Contains(use.Owner))
                {
                    continue;
                }

                if (
                    ReferenceEquals(use.Owner, user)
                        ? !ReferenceEquals(tensor, destination) || CountUses(user, tensor) > 1
                        : user.Block!.FindAncestor(use.Owner) is not { } around
                            || ReferenceEquals(around, user)
                            || !around.IsBefore(user)
                )
                {
                    return false;
                }
            }
        }

        return true;
    }

    private static int CountUses(Operation user, Value value)
    {
        var count = 0;
        foreach (var operand in user.Operands)
        {
            count += ReferenceEquals(operand, value) ? 1 : 0;
        }

        return count;
    }

    private void ConvertDim(Emitter emit, Tensor.DimOp dim)
    {
        if (
            dim.Source.Definer is Tensor.EmptyOp
            && !_buffers.ContainsKey(dim.Source)
            && dim.Index.ConstInt is { } known
        )
        {
            Replace(dim, Shapes.Dim(emit, dim.Source, (int)known));
            return;
        }

        var source = BufferOf(emit, dim.Source);
        Replace(
            dim,
            dim.Index.ConstInt is { } constant && constant >= 0 && constant < ((MemRefType)source.Type).Rank
                ? emit.MemRefDim(source, (int)constant)
                : emit.Insert(new DimOp(dim.Location, source, dim.Index)).Result
        );
    }

    private void ConvertElements(Emitter emit, Tensor.FromElementsOp elements)
    {
        var type = (RankedTensorType)elements.Result.Type;
        var buffer = Allocate(emit, elements.Result, [], elements.Block!);
        var sizes = type.Shape.Span.ToArray();
        for (var i = 0; i < elements.Elements.Count; i++)
        {
            emit.Store(elements.Elements[i], buffer, Subscripts(emit, i, sizes));
        }

        Bury(elements);
    }

    private void ConvertConstant(Emitter emit, Arith.ConstantOp constant, DenseElementsAttr value)
    {
        var buffer = Allocate(emit, constant.Result, [], constant.Block!);
        Bury(constant);
        if (value.SplatValue is { } splat && value.ShapedType.Rank > 0)
        {
            Fill(emit, buffer, emit.Constant(splat));
            return;
        }

        var count = value.ShapedType.ElementCount;
        if (count > MaxConstantElements)
        {
            throw new DiagnosticException(LargeConstant.At(constant.Location, count));
        }

        for (var i = 0L; i < count; i++)
        {
            emit.Store(
                emit.Constant(value.GetElement(i)),
                buffer,
                Subscripts(emit, i, value.ShapedType.Shape.Span.ToArray())
            );
        }
    }

    private static Value[] Subscripts(Emitter emit, long linear, long[] sizes)
    {
        var subscripts = new Value[sizes.Length];
        for (var i = sizes.Length - 1; i >= 0; i--)
        {
            subscripts[i] = emit.Index(linear % sizes[i]);
            linear /= sizes[i];
        }

        return subscripts;
    }

    private void ConvertCast(Emitter emit, Tensor.CastOp cast)
    {
        var source = BufferOf(emit, cast.Source);
        var view = emit.Insert(new CastOp(cast.Location, source, Bufferize.BufferType(cast.Dest.Type))).Dest;
        _buffers[cast.Dest] = view;
        _roots[view] = Root(source);
        Bury(cast);
    }

    /// <summary>A slice that is only read is a view; for others it is copied, so that they find its elements side by side.</summary>
    private void ConvertSlice(Emitter emit, Tensor.ExtractSliceOp slice)
    {
        var view = SubView(emit, slice, slice, BufferOf(emit, slice.Source), (ShapedType)slice.Result.Type);
        if (IsOnlyRead(slice.Result))
        {
            // The source is not written in place while the view is in use: they share a root.
            _buffers[slice.Result] = view;
            _roots[view] = Root(BufferOf(emit, slice.Source));
            Bury(slice);
            return;
        }

        var type = (MemRefType)Bufferize.BufferType(slice.Result.Type);
        var sizes = Enumerable
            .Range(0, type.Rank)
            .Where(type.IsDynamicDim)
            .Select(d => emit.MemRefDim(view, d))
            .ToArray();
        var dense = Allocate(emit, slice.Result, sizes, slice.Block!);
        emit.Copy(view, dense);
        Bury(slice);
    }

    /// <summary>Whether all who use <paramref name="tensor"/> look at its elements through a layout, in the block that made it.</summary>
    private static bool IsOnlyRead(Value tensor)
    {
        foreach (var use in tensor.Uses)
        {
            if (
                !ReferenceEquals(use.Owner.Block, tensor.Definer!.Block)
                || use.Owner switch
                {
                    ILinalgOp linalg => use.Index >= linalg.Inputs.Count,
                    Tensor.ExtractOp or Tensor.DimOp or Tensor.ExtractSliceOp => false,
                    Tensor.InsertSliceOp => use.Index != 0,
                    _ => true,
                }
            )
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>The part is copied into the array, in place where nobody else reads that later.</summary>
    private void ConvertInsertSlice(Emitter emit, Tensor.InsertSliceOp slice)
    {
        var source = BufferOf(emit, slice.Source);
        var target = Writable(emit, slice.Dest, slice, keepContents: true);
        emit.Copy(source, SubView(emit, slice, slice, target, (ShapedType)source.Type));
        Own(slice.Result, target, slice.Block!);
        Bury(slice);
    }

    private static Value SubView(Emitter emit, Operation op, ISlice slice, Value whole, ShapedType part) =>
        emit.Insert(
            new SubViewOp(
                op.Location,
                whole,
                slice.Offsets.ToArray(),
                slice.Sizes.ToArray(),
                slice.Strides.ToArray(),
                slice.StaticOffsets,
                slice.StaticSizes,
                slice.StaticStrides,
                SubViewType(slice, (MemRefType)whole.Type, part)
            )
        ).Result;

    /// <summary>The view's strides are the source's times the slice's; what is not a constant is left open.</summary>
    private static MemRefType SubViewType(ISlice slice, MemRefType source, ShapedType result)
    {
        var rank = source.Rank;
        var (offset, strides) = source.StridesAndOffset!.Value;
        var viewStrides = new long[rank];
        for (var i = 0; i < rank; i++)
        {
            var (start, step) = (slice.StaticOffsets.Values[i], slice.StaticStrides.Values[i]);
            viewStrides[i] = Times(strides[i], step);
            var moved = Times(strides[i], start);
            offset = offset == ShapedType.Dynamic || moved == ShapedType.Dynamic ? ShapedType.Dynamic : offset + moved;
        }

        // A slice may drop dimensions of size one.
        var sizes = slice.StaticSizes.Values;
        var kept = new List<int>();
        for (var i = 0; i < rank; i++)
        {
            if (
                rank - i > result.Rank - kept.Count
                && sizes[i] == 1
                && (kept.Count == result.Rank || result.Shape[kept.Count] != 1)
            )
            {
                continue;
            }

            kept.Add(i);
        }

        return MemRefType.Get(
            [.. kept.Select(i => sizes[i])],
            source.ElementType,
            StridedLayoutAttr.Get(offset, [.. kept.Select(i => viewStrides[i])])
        );

        // Nothing times an unknown stride is nothing.
        static long Times(long a, long b) =>
            a == 0 || b == 0 ? 0
            : a == ShapedType.Dynamic || b == ShapedType.Dynamic ? ShapedType.Dynamic
            : a * b;
    }

    /// <summary>Both sides hand out memory of their own.</summary>
    private void ConvertIf(Scf.IfOp branch)
    {
        foreach (var region in branch.Regions.Where(r => !r.IsEmpty))
        {
            ConvertBlock(region.Single);
            ConvertYield(region.Single.Last!);
            InsertFrees(region.Single);
        }

        foreach (var result in branch.Results.Where(r => Bufferize.IsTensor(r.Type)))
        {
            result.Type = Bufferize.BufferType(result.Type);
            Own(result, result, branch.Block!);
        }
    }

    /// <summary>An iteration is given memory that it owns, frees it unless it hands it on, and yields memory of its own.</summary>
    private void ConvertFor(Emitter emit, Scf.ForOp loop)
    {
        var inits = loop.InitArgs.ToArray();
        for (var i = 0; i < inits.Length; i++)
        {
            if (!IsTensorValue(inits[i]))
            {
                continue;
            }

            loop.SetOperand(3 + i, Writable(emit, inits[i], loop, keepContents: true));
            Disown(loop.Operands[3 + i]);
            var argument = loop.Body.Arguments[1 + i];
            argument.Type = Bufferize.BufferType(argument.Type);
            Own(argument, argument, loop.Body);
            var result = loop.Results[i];
            result.Type = argument.Type;
            Own(result, result, loop.Block!);
        }

        ConvertBlock(loop.Body);
        ConvertYield(loop.Body.Last!);
        InsertFrees(loop.Body);
    }

    private void ConvertYield(Operation yield)
    {
        var emit = new Emitter(new OpBuilder(yield), yield.Location);
        for (var i = 0; i < yield.Operands.Count; i++)
        {
            var value = yield.Operands[i];
            if (_buffers.ContainsKey(value) || Bufferize.IsTensor(value.Type))
            {
                var handed = HandOver(emit, value, yield);
                yield.SetOperand(i, handed);
            }
        }
    }

    /// <summary>A buffer that the block owns and hands on; a copy when it is not the block's to give, or is given twice.</summary>
    private Value HandOver(Emitter emit, Value tensor, Operation terminator)
    {
        var buffer = BufferOf(emit, tensor);
        var type = (MemRefType)Bufferize.BufferType(tensor.Type);
        if (
            _owners.TryGetValue(buffer, out var owner)
            && ReferenceEquals(owner, terminator.Block)
            && buffer.Type == type
        )
        {
            Disown(buffer);
            return buffer;
        }

        var sizes = Enumerable
            .Range(0, type.Rank)
            .Where(type.IsDynamicDim)
            .Select(d => emit.MemRefDim(buffer, d))
            .ToArray();
        var fresh = emit.Alloc(type, sizes);
        emit.Copy(buffer, fresh);
        return fresh;
    }

    private void ConvertCall(Emitter emit, CallOp call)
    {
        if (
            !call.Operands.Types.Any(Bufferize.IsTensor)
            && !call.Operands.ToArray().Any(_buffers.ContainsKey)
            && !call.Results.Any(r => Bufferize.IsTensor(r.Type))
        )
        {
            return;
        }

        var operands = call.Operands.ToArray().Select(v => IsTensorValue(v) ? BufferOf(emit, v) : v).ToArray();
        for (var i = 0; i < operands.Length; i++)
        {
            call.SetOperand(i, operands[i]);
        }

        foreach (var result in call.Results.Where(r => Bufferize.IsTensor(r.Type)))
        {
            result.Type = Bufferize.BufferType(result.Type);
            Own(result, result, call.Block!);
        }
    }

    private void ConvertReturn(Emitter emit, ReturnOp ret)
    {
        for (var i = 0; i < ret.Operands.Count; i++)
        {
            var value = ret.Operands[i];
            if (!IsTensorValue(value))
            {
                continue;
            }

            var buffer = function.IsPublic ? ResultFor(emit, value, ret, i) : HandOver(emit, value, ret);
            ret.SetOperand(i, buffer);
        }
    }

    /// <summary>The allocation that becomes result <paramref name="index"/>; a copy into one where the value lies elsewhere.</summary>
    private Value ResultFor(Emitter emit, Value tensor, ReturnOp ret, int index)
    {
        var mark = IntegerAttr.Get(IntegerType.I32, index);
        var buffer = HandOver(emit, tensor, ret);
        if (buffer.Definer is AllocOp own && own.GetAttribute(ResultAttribute) is null)
        {
            own.SetAttribute(ResultAttribute, mark);
            return buffer;
        }

        // Memory from a call or a region: its elements move into the caller's.
        var type = (MemRefType)buffer.Type;
        var sizes = Enumerable
            .Range(0, type.Rank)
            .Where(type.IsDynamicDim)
            .Select(d => emit.MemRefDim(buffer, d))
            .ToArray();
        var result = emit.Alloc(type, sizes);
        result.Definer!.SetAttribute(ResultAttribute, mark);
        emit.Copy(buffer, result);
        emit.Dealloc(buffer);
        return result;
    }

    private const string ResultAttribute = Bufferize.ResultAttribute;

    private bool IsTensorValue(Value value) => Bufferize.IsTensor(value.Type) || _buffers.ContainsKey(value);

    private Value BufferOf(Emitter emit, Value tensor)
    {
        if (_buffers.TryGetValue(tensor, out var buffer))
        {
            return buffer;
        }

        if (tensor.Definer is Tensor.EmptyOp empty)
        {
            // Read before anybody wrote: memory all the same.
            return Allocate(emit, tensor, empty.DynamicSizes.ToArray(), emit.Builder.Block!);
        }

        throw new DiagnosticException(
            Unsupported.At(tensor.Definer?.Location ?? Location.Unknown, tensor.Definer?.Name ?? "block argument")
        );
    }

    private Value Allocate(Emitter emit, Value tensor, Value[] sizes, Block owner)
    {
        var buffer = emit.Alloc((MemRefType)Bufferize.BufferType(tensor.Type), sizes);
        Own(tensor, buffer, owner);
        return buffer;
    }

    private void Own(Value tensor, Value buffer, Block owner)
    {
        _buffers[tensor] = buffer;
        _roots[buffer] = buffer;
        _owners[buffer] = owner;
    }

    private void Borrow(Value tensor, Value buffer)
    {
        _buffers[tensor] = buffer;
        _roots[buffer] = buffer;
    }

    private void Disown(Value buffer) => _owners.Remove(buffer);

    private Value Root(Value buffer) => _roots.GetValueOrDefault(buffer, buffer);

    private void Bury(Operation op)
    {
        _dead.Add(op);
        _deadSet.Add(op);
    }

    private void Replace(Operation op, Value value)
    {
        op.Results[0].ReplaceAllUsesWith(value);
        Bury(op);
    }

    private static void Fill(Emitter emit, Value buffer, Value scalar)
    {
        var rank = ((MemRefType)buffer.Type).Rank;
        emit.Generic(
            [],
            [buffer],
            [AffineMap.Identity(rank)],
            [.. Enumerable.Repeat(IteratorType.Parallel, rank)],
            (_, _) => [scalar]
        );
    }

    /// <summary>Frees what <paramref name="block"/> owns behind its last use.</summary>
    private void InsertFrees(Block block)
    {
        foreach (var (buffer, _) in _owners.Where(p => ReferenceEquals(p.Value, block)).ToList())
        {
            _owners.Remove(buffer);
            if (TryMoveToStack(buffer))
            {
                continue;
            }

            Operation? last = buffer.Definer;
            foreach (var alias in _roots.Where(p => ReferenceEquals(p.Value, buffer)).Select(p => p.Key).Append(buffer))
            {
                foreach (var use in alias.Uses)
                {
                    if (block.FindAncestor(use.Owner) is { } user && (last is null || last.IsBefore(user)))
                    {
                        last = user;
                    }
                }
            }

            var builder = new OpBuilder();
            if (last is null)
            {
                builder.SetInsertionPointToStart(block);
            }
            else if (last is ITerminator)
            {
                builder.SetInsertionPoint(last);
            }
            else
            {
                builder.SetInsertionPointAfter(last);
            }

            new Emitter(builder, last?.Location ?? function.Location).Dealloc(buffer);
        }
    }

    /// <summary>A small temporary of known size lives on the stack, and nobody frees it.</summary>
    private bool TryMoveToStack(Value buffer)
    {
        if (
            buffer.Definer is not AllocOp { DynamicSizes.Count: 0 } alloc
            || !ReferenceEquals(alloc.Block, function.Body.First)
            || buffer.Type is not MemRefType { HasStaticShape: true } type
            || type.ElementCount * DenseElementsAttr.ElementSize(type.ElementType) > MaxStackBytes
        )
        {
            return false;
        }

        var alloca = new Emitter(new OpBuilder(alloc), alloc.Location).Alloca(type);
        buffer.ReplaceAllUsesWith(alloca);
        alloc.Erase();
        return true;
    }
}

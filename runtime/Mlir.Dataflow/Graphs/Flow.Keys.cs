using Mlir.Dialects.Flow;
using Mlir.IR;

namespace Mlir.Dataflow;

public sealed partial class Flow
{
    private readonly Lock _keyLock = new();
    private readonly ContentWriter _keyWriter = new();
    private readonly Dictionary<Operation, ContentHash> _keys = new(ReferenceEqualityComparer.Instance);

    /// <summary>The key of a value; see <see cref="FlowValue.Key"/>.</summary>
    internal string KeyOf(FlowValue value)
    {
        lock (_keyLock)
        {
            var pending = new Stack<Operation>([value.Result.Owner]);
            while (pending.TryPeek(out var op))
            {
                var before = pending.Count;
                if (!_keys.ContainsKey(op))
                {
                    foreach (var operand in op.Operands)
                    {
                        if (!_keys.ContainsKey(operand.Definer!))
                        {
                            pending.Push(operand.Definer!);
                        }
                    }
                }

                // Nothing is missing: what it takes has its keys.
                if (pending.Count == before)
                {
                    pending.Pop();
                    if (!_keys.ContainsKey(op))
                    {
                        _keys.Add(op, HashOrReset(op));
                    }
                }
            }

            return _keys[value.Result.Owner].ToString();
        }
    }

    private ContentHash HashOrReset(Operation op)
    {
        try
        {
            return Hash(op);
        }
        catch
        {
            _keyWriter.Reset();
            throw;
        }
    }

    private ContentHash Hash(Operation op)
    {
        var writer = _keyWriter;
        writer.Add(op.Name);
        switch (op)
        {
            case InputOp input:
                HashContent(input, writer);
                break;
            case LiteralOp literal:
                HashLiteral(literal.Value, writer);
                break;
            case TaskOp task:
                var function = Resolver.GetFunction(task.Implementation);
                writer.Add(task.Algorithm);
                writer.Add(function is ConcreteAlgorithm { Algorithm.Version: var version } ? version : 0);
                writer.Add(task.Implementation);
                break;
            case TranslateOp translate:
                writer.Add(translate.Implementation);
                break;
            case ElementOp element:
                writer.Add(element.Index);
                break;
            case RunOp run:
                HashFunction(run, writer);
                break;
        }

        writer.Add(((DataType)op.OpResults[0].Type).Name);
        foreach (var operand in op.Operands)
        {
            writer.Add(_keys[operand.Definer!]);
        }

        return writer.ToHash();
    }

    // Numbers by their bits: printing them takes longer than the hash.
    private static void HashLiteral(IrAttribute value, ContentWriter writer)
    {
        switch (value)
        {
            case FloatAttr number:
                writer.Add(number.FloatType.Width);
                writer.Add((long)number.Bits);
                break;
            case IntegerAttr number:
                writer.Add((long)number.Value);
                writer.Add((long)(number.Value >> 64));
                break;
            case StringAttr text:
                writer.Add(text.Value);
                break;
            default:
                writer.Add(value.ToString());
                break;
        }
    }

    private void HashContent(InputOp input, ContentWriter writer)
    {
        try
        {
            writer.AddContent(GetData(input.Name));
        }
        catch (NotSupportedException e)
        {
            throw new NotSupportedException(
                $"the input \"{input.Name}\" has no content that a key could be made of: {e.Message}",
                e
            );
        }
    }

    // Two runs of one function are two tasks, so that the name counts too.
    private void HashFunction(RunOp run, ContentWriter writer)
    {
        writer.Add(run.Name);
        try
        {
            writer.AddContent(((ForeignFunction)GetData(run.Name)!).Delegate);
        }
        catch (NotSupportedException e)
        {
            throw new NotSupportedException(
                $"the function \"{run.Name}\" holds something that no key can be made of: {e.Message}",
                e
            );
        }
    }
}

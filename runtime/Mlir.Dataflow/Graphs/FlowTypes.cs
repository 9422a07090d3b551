using Mlir.Dialects.Flow;
using Mlir.IR;

namespace Mlir.Dataflow;

/// <summary>Which type of the graph stands for which type of .NET.</summary>
internal sealed class FlowTypes
{
    private readonly Dictionary<Type, DataType> _types = [];
    private readonly Dictionary<DataType, Type> _origins = [];

    public FlowTypes()
    {
        foreach (
            var type in (ReadOnlySpan<Type>)
                [
                    typeof(bool),
                    typeof(sbyte),
                    typeof(short),
                    typeof(int),
                    typeof(long),
                    typeof(nint),
                    typeof(byte),
                    typeof(ushort),
                    typeof(char),
                    typeof(uint),
                    typeof(ulong),
                    typeof(nuint),
                    typeof(Int128),
                    typeof(Half),
                    typeof(float),
                    typeof(double),
                    typeof(string),
                    typeof(object),
                ]
        )
        {
            _ = this[type];
        }
    }

    /// <summary>The type of the graph.</summary>
    public DataType this[Type type]
    {
        get
        {
            if (!_types.TryGetValue(type, out var data))
            {
                data = DataType.Get(TypeName.Of(type));
                _types.Add(type, data);
                _origins.TryAdd(data, type);
            }

            return data;
        }
    }

    /// <summary>The type of .NET; null for one that no value of the graph has.</summary>
    public Type? Find(IrType type) => type is DataType data ? _origins.GetValueOrDefault(data) : null;

    /// <summary>Learns the types that a function takes and gives.</summary>
    public void Add(TaskFunction function)
    {
        foreach (var parameter in function.Parameters)
        {
            _ = this[parameter.Type];
        }

        Add(function.ResultType);
    }

    /// <summary>Learns a type and, if it is a tuple, those of its items.</summary>
    public void Add(Type type)
    {
        var pending = new Stack<Type>([type]);
        while (pending.TryPop(out var next))
        {
            _ = this[next];
            foreach (var item in TupleItems.Of(next))
            {
                pending.Push(item);
            }
        }
    }
}

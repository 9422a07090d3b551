using System.Collections;
using System.Collections.Concurrent;
using System.Numerics.Tensors;
using System.Reflection;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Mlir.Dataflow;

/// <summary>
/// Adds everything that an object holds to a hash: fields, elements, entries. Objects that come twice, and cycles, count by the order in which they come
/// first; sets and dictionaries do not depend on the order of their entries.
/// </summary>
internal sealed class ContentWalk
{
    private enum Tag : long
    {
        Null,
        Again,
        Text,
        Scalar,
        Type,
        Method,
        Array,
        Tensor,
        Sequence,
        Unordered,
        Fields,
    }

    private static readonly ConcurrentDictionary<Type, FieldInfo[]> Fields = new();
    private static readonly ConcurrentDictionary<Type, Action<ContentWalk, object>> Tensors = new();
    private readonly ContentWriter _writer;
    private readonly Dictionary<object, int> _seen = new(ReferenceEqualityComparer.Instance);
    private readonly Stack<object?> _pending = new();

    /// <param name="writer">Where the content goes.</param>
    public ContentWalk(ContentWriter writer) => _writer = writer;

    /// <summary>Adds an object.</summary>
    /// <exception cref="NotSupportedException">It holds something that has no content.</exception>
    public void Add(object? root)
    {
        _pending.Push(root);
        while (_pending.TryPop(out var value))
        {
            Visit(value);
        }
    }

    private void Visit(object? value)
    {
        if (value is null)
        {
            Write(Tag.Null);
            return;
        }

        var type = value.GetType();
        if (value is string text)
        {
            Write(Tag.Text);
            _writer.Add(text);
        }
        else if ((type.IsPrimitive || type.IsEnum) && FlowLiteral.TryMake(value, out var scalar))
        {
            Write(Tag.Scalar, type);
            _writer.Add(scalar.ToString());
        }
        else if (!type.IsValueType && !_seen.TryAdd(value, _seen.Count))
        {
            Write(Tag.Again);
            _writer.Add(_seen[value]);
        }
        else
        {
            VisitComposite(value, type);
        }
    }

    private void VisitComposite(object value, Type type)
    {
        switch (value)
        {
            case Type described:
                Write(Tag.Type);
                _writer.Add(TypeName.Of(described));
                break;
            case Delegate function:
                AddDelegate(function);
                break;
            case Array array:
                AddArray(array);
                break;
            case IReadOnlyTensor when type.IsGenericType && type.GetGenericTypeDefinition() == typeof(Tensor<>):
                Tensors.GetOrAdd(type, MakeTensorWriter)(this, value);
                break;
            case IDictionary dictionary when IsFromSystem(type):
                AddUnordered(type, dictionary.Cast<object?>());
                break;
            case IEnumerable set when IsFromSystem(type) && IsSet(type):
                AddUnordered(type, set.Cast<object?>());
                break;
            case IEnumerable sequence when IsFromSystem(type):
                AddSequence(type, [.. sequence.Cast<object?>()]);
                break;
            default:
                AddFields(value, type);
                break;
        }
    }

    private void AddDelegate(Delegate function)
    {
        var calls = function.GetInvocationList();
        Write(Tag.Method, function.GetType());
        _writer.Add(calls.Length);
        for (var i = calls.Length - 1; i >= 0; i--)
        {
            _pending.Push(calls[i].Target);
        }

        foreach (var call in calls)
        {
            // The same code in the same build of the same assembly.
            var method = call.Method;
            if (method.DeclaringType is not { } owner)
            {
                throw new NotSupportedException("a function that was made at run time has no lasting identity");
            }

            _writer.Add(owner.Module.ModuleVersionId.ToString());
            _writer.Add(method.MetadataToken);
            _writer.Add(TypeName.Of(owner));
            foreach (var argument in method.IsGenericMethod ? method.GetGenericArguments() : [])
            {
                _writer.Add(TypeName.Of(argument));
            }
        }
    }

    private void AddArray(Array array)
    {
        var element = array.GetType().GetElementType()!;
        Write(Tag.Array, array.GetType());
        for (var i = 0; i < array.Rank; i++)
        {
            _writer.Add(array.GetLength(i));
        }

        if (element.IsPrimitive && element != typeof(nint) && element != typeof(nuint))
        {
            AddElements(ref MemoryMarshal.GetArrayDataReference(array), Buffer.ByteLength(array));
            return;
        }

        var elements = array.Cast<object?>().ToArray();
        for (var i = elements.Length - 1; i >= 0; i--)
        {
            _pending.Push(elements[i]);
        }
    }

    private static Action<ContentWalk, object> MakeTensorWriter(Type type) =>
        typeof(ContentWalk)
            .GetMethod(nameof(AddTensor), BindingFlags.NonPublic | BindingFlags.Static)!
            .MakeGenericMethod(type.GetGenericArguments()[0])
            .CreateDelegate<Action<ContentWalk, object>>();

    private static void AddTensor<T>(ContentWalk walk, object value)
    {
        var tensor = (Tensor<T>)value;
        walk.Write(Tag.Tensor, typeof(Tensor<T>));
        walk._writer.Add(tensor.Rank);
        foreach (var length in tensor.Lengths)
        {
            walk._writer.Add(length);
        }

        if (typeof(T).IsPrimitive && tensor.IsDense && tensor.FlattenedLength > 0)
        {
            walk.AddElements(
                ref Unsafe.As<T, byte>(ref Unsafe.AsRef(in tensor.AsReadOnlyTensorSpan().GetPinnableReference())),
                (long)tensor.FlattenedLength * Unsafe.SizeOf<T>()
            );
            return;
        }

        var elements = new T[tensor.FlattenedLength];
        tensor.FlattenTo(elements);
        if (typeof(T).IsPrimitive)
        {
            walk.AddElements(
                ref MemoryMarshal.GetArrayDataReference((Array)elements),
                elements.LongLength * Unsafe.SizeOf<T>()
            );
            return;
        }

        walk._pending.Push(elements);
    }

    private void AddElements(ref byte first, long bytes)
    {
        const int chunk = 1 << 30;
        for (var done = 0L; done < bytes; done += chunk)
        {
            _writer.AddBytes(
                MemoryMarshal.CreateReadOnlySpan(
                    ref Unsafe.Add(ref first, (nint)done),
                    (int)Math.Min(chunk, bytes - done)
                )
            );
        }
    }

    private void AddSequence(Type type, object?[] items)
    {
        Write(Tag.Sequence, type);
        _writer.Add(items.Length);
        for (var i = items.Length - 1; i >= 0; i--)
        {
            _pending.Push(items[i]);
        }
    }

    // Entries come in an order that differs from process to process: strings hash differently each time.
    private void AddUnordered(Type type, IEnumerable<object?> entries)
    {
        if (!RuntimeHelpers.TryEnsureSufficientExecutionStack())
        {
            throw new NotSupportedException($"{TypeName.Of(type)} holds itself, or is nested too deep");
        }

        var hashes = new List<ContentHash>();
        var entryWriter = new ContentWriter();
        foreach (var entry in entries)
        {
            entryWriter.AddContent(entry);
            hashes.Add(entryWriter.ToHash());
        }

        hashes.Sort();
        Write(Tag.Unordered, type);
        _writer.Add(hashes.Count);
        foreach (var hash in hashes)
        {
            _writer.Add(hash);
        }
    }

    private void AddFields(object value, Type type)
    {
        if (!type.IsValueType && value is not ITuple && IsFromSystem(type))
        {
            throw new NotSupportedException($"a {TypeName.Of(type)} has no content that is known");
        }

        Write(Tag.Fields, type);
        var fields = Fields.GetOrAdd(type, FieldsOf);
        for (var i = fields.Length - 1; i >= 0; i--)
        {
            var fieldType = fields[i].FieldType;
            if (
                fieldType.IsPointer
                || fieldType.IsFunctionPointer
                || fieldType == typeof(nint)
                || fieldType == typeof(nuint)
            )
            {
                throw new NotSupportedException(
                    $"the field {fields[i].Name} of {TypeName.Of(type)} is a pointer or a handle"
                );
            }

            _pending.Push(fields[i].GetValue(value));
        }
    }

    private static FieldInfo[] FieldsOf(Type type)
    {
        var fields = new List<FieldInfo>();
        for (var t = type; t is not null; t = t.BaseType)
        {
            fields.AddRange(
                t.GetFields(
                        BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly
                    )
                    .OrderBy(f => f.MetadataToken)
            );
        }

        return [.. fields];
    }

    private static bool IsSet(Type type) =>
        type.GetInterfaces().Any(i => i.IsGenericType && i.GetGenericTypeDefinition() == typeof(IReadOnlySet<>));

    private static bool IsFromSystem(Type type) =>
        type.Namespace is { } name && (name == "System" || name.StartsWith("System.", StringComparison.Ordinal));

    private void Write(Tag tag) => _writer.Add((long)tag);

    private void Write(Tag tag, Type type)
    {
        _writer.Add((long)tag);
        _writer.Add(TypeName.Of(type));
    }
}

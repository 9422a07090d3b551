using System.Reflection;
using System.Runtime.CompilerServices;
using Mlir.Frontend.Layouts;

namespace Mlir.Frontend.Expressions;

/// <summary>Reads what the constructor of a struct puts into which field, when that is all it does: parameters and constants.</summary>
/// <remarks>A record struct's own constructor is of this kind. One that computes or checks something is not, and is never guessed at.</remarks>
internal static class ConstructorStores
{
    /// <summary>
    /// For each member of <paramref name="layout"/> the <see cref="Parameter"/> that it gets, or a boxed constant, or null for its default value.
    /// Null when the constructor does anything else.
    /// </summary>
    public static object?[]? Read(ConstructorInfo constructor, TypeLayout layout)
    {
        if (constructor.GetMethodBody()?.GetILAsByteArray() is not { } code)
        {
            return null;
        }

        var stores = new object?[layout.Members.Length];
        var reader = new Reader(constructor, code);
        while (!reader.AtEnd)
        {
            switch (reader.Next())
            {
                case Nop:
                    continue;
                case Return:
                    return reader.AtEnd ? stores : null;
                case LoadThis when Store(reader, layout, stores):
                    continue;
                default:
                    return null;
            }
        }

        return null;
    }

    private const int Nop = 0x00;
    private const int LoadThis = 0x02;
    private const int Call = 0x28;
    private const int Return = 0x2A;
    private const int LoadFieldAddress = 0x7C;
    private const int StoreField = 0x7D;
    private const int InitObject = 0xFE15;

    /// <summary>After <c>ldarg.0</c>: a value and <c>stfld</c>, or what clears a field or the whole struct.</summary>
    private static bool Store(Reader reader, TypeLayout layout, object?[] stores)
    {
        var op = reader.Next();
        if (op == InitObject)
        {
            reader.Token();
            Array.Clear(stores);
            return true;
        }

        if (op == LoadFieldAddress)
        {
            var cleared = reader.Member(layout);
            if (cleared < 0 || reader.Next() != InitObject)
            {
                return false;
            }

            reader.Token();
            stores[cleared] = null;
            return true;
        }

        if (!reader.TryReadValue(op, out var value))
        {
            return false;
        }

        var member = reader.Next() switch
        {
            StoreField => reader.Member(layout),
            Call => reader.Setter(layout),
            _ => -1,
        };
        if (member >= 0)
        {
            stores[member] = value;
        }

        return member >= 0;
    }

    /// <summary>A parameter that a member gets.</summary>
    /// <param name="Position">Its position.</param>
    public sealed record Parameter(int Position);

    private sealed class Reader(ConstructorInfo constructor, byte[] code)
    {
        private int _at;

        public bool AtEnd => _at >= code.Length;

        public int Next() => code[_at] == 0xFE ? 0xFE00 | code[(_at += 2) - 1] : code[_at++];

        public int Token()
        {
            _at += 4;
            return BitConverter.ToInt32(code, _at - 4);
        }

        /// <summary>The member that is the field of the next token, or −1.</summary>
        public int Member(TypeLayout layout)
        {
            var arguments = constructor.DeclaringType!.GetGenericArguments();
            var field = constructor.Module.ResolveField(Token(), arguments, null);
            for (var i = 0; i < layout.Members.Length; i++)
            {
                if (
                    layout.Members[i].Field.MetadataToken == field?.MetadataToken
                    && field.DeclaringType == constructor.DeclaringType
                )
                {
                    return i;
                }
            }

            return -1;
        }

        /// <summary>The member behind the setter of an auto-property.</summary>
        public int Setter(TypeLayout layout)
        {
            var method = constructor.Module.ResolveMethod(
                Token(),
                constructor.DeclaringType!.GetGenericArguments(),
                null
            );
            var name =
                method?.DeclaringType == constructor.DeclaringType
                && method!.IsDefined(typeof(CompilerGeneratedAttribute))
                && method.Name.StartsWith("set_", StringComparison.Ordinal)
                    ? method.Name[4..]
                    : null;
            for (var i = 0; i < layout.Members.Length; i++)
            {
                if (layout.Members[i].Name == name)
                {
                    return i;
                }
            }

            return -1;
        }

        /// <summary>What an instruction pushes: a parameter, or a constant number.</summary>
        public bool TryReadValue(int op, out object? value)
        {
            value = op switch
            {
                >= 0x03 and <= 0x05 => new Parameter(op - 0x03),
                0x0E => new Parameter(code[_at++] - 1),
                0xFE09 => new Parameter(BitConverter.ToUInt16(code, (_at += 2) - 2) - 1),
                >= 0x15 and <= 0x1E => (long)(op - 0x16),
                0x1F => (long)(sbyte)code[_at++],
                0x20 => (long)BitConverter.ToInt32(code, (_at += 4) - 4),
                0x21 => BitConverter.ToInt64(code, (_at += 8) - 8),
                0x22 => (double)BitConverter.ToSingle(code, (_at += 4) - 4),
                0x23 => BitConverter.ToDouble(code, (_at += 8) - 8),
                _ => null,
            };

            // conv.i8 behind a small constant
            if (value is long && _at < code.Length && code[_at] == 0x6A)
            {
                _at++;
            }

            return value is not null;
        }
    }
}

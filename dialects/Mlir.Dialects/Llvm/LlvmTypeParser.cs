using Mlir.IR.Text;

namespace Mlir.Dialects.Llvm;

/// <summary>Reads the types of the dialect, both after <c>!llvm.</c> and in the short form inside each other.</summary>
internal static class LlvmTypeParser
{
    /// <summary>Parses what follows the keyword <paramref name="name"/>; null when it names no type.</summary>
    public static IrType? Parse(AsmParser parser, string name) =>
        name switch
        {
            "ptr" => ParsePointer(parser),
            "struct" => ParseStruct(parser),
            "array" => ParseArray(parser),
            "func" => ParseFunction(parser),
            "void" => LlvmVoidType.Instance,
            "token" => LlvmTokenType.Instance,
            "metadata" => LlvmMetadataType.Instance,
            "label" => LlvmLabelType.Instance,
            _ => null,
        };

    private static IrType ParseNested(AsmParser parser)
    {
        foreach (
            var name in (ReadOnlySpan<string>)["ptr", "struct", "array", "func", "void", "token", "metadata", "label"]
        )
        {
            if (parser.TryConsume(name))
            {
                return Parse(parser, name)!;
            }
        }

        var at = parser.CurrentLocation;
        var type = parser.ParseType();
        return LlvmType.IsCompatible(type) ? type : throw parser.Error($"{type} is not a type of LLVM IR", at);
    }

    private static LlvmPointerType ParsePointer(AsmParser parser)
    {
        if (!parser.TryConsume("<"))
        {
            return LlvmPointerType.Default;
        }

        var at = parser.CurrentLocation;
        var space = parser.ParseInteger();
        parser.Expect(">");
        return space is >= 0 and <= int.MaxValue
            ? LlvmPointerType.Get((int)space)
            : throw parser.Error("an address space must be a non-negative 32-bit integer", at);
    }

    private static LlvmStructType ParseStruct(AsmParser parser)
    {
        parser.Expect("<");
        if (parser.TryParseString(out var name))
        {
            if (parser.TryConsume(","))
            {
                if (parser.TryConsume("opaque"))
                {
                    parser.Expect(">");
                    return LlvmStructType.GetOpaque(name);
                }
            }
            else
            {
                throw parser.Error(
                    "expected the body of the structure: a structure that contains itself has no finite size"
                );
            }
        }

        var packed = parser.TryConsume("packed");
        parser.Expect("(");
        var elements = new List<IrType>();
        if (!parser.TryConsume(")"))
        {
            do
            {
                var at = parser.CurrentLocation;
                var element = ParseNested(parser);
                elements.Add(
                    element is LlvmVoidType or LlvmLabelType or LlvmMetadataType or LlvmFunctionType
                        ? throw parser.Error($"a field cannot have type {element}", at)
                        : element
                );
            } while (parser.TryConsume(","));
            parser.Expect(")");
        }

        parser.Expect(">");
        return name is null
            ? LlvmStructType.Get([.. elements], packed)
            : LlvmStructType.GetIdentified(name, [.. elements], packed);
    }

    private static LlvmArrayType ParseArray(AsmParser parser)
    {
        parser.Expect("<");
        var at = parser.CurrentLocation;
        var sizes = parser.ParseDimensions(allowDynamic: false);
        var element = ParseNested(parser);
        parser.Expect(">");
        if (
            sizes.Length == 0
            || element is LlvmVoidType or LlvmLabelType or LlvmMetadataType or LlvmFunctionType or LlvmTokenType
        )
        {
            throw parser.Error(
                sizes.Length == 0 ? "expected the number of elements" : $"an element cannot have type {element}",
                at
            );
        }

        for (var i = sizes.Length - 1; i > 0; i--)
        {
            element = LlvmArrayType.Get(element, sizes[i]);
        }

        return LlvmArrayType.Get(element, sizes[0]);
    }

    private static LlvmFunctionType ParseFunction(AsmParser parser)
    {
        parser.Expect("<");
        var at = parser.CurrentLocation;
        var result = ParseNested(parser);
        if (result is LlvmFunctionType or LlvmMetadataType or LlvmLabelType)
        {
            throw parser.Error($"a function cannot return {result}", at);
        }

        parser.Expect("(");
        var parameters = new List<IrType>();
        var varArg = false;
        if (!parser.TryConsume(")"))
        {
            do
            {
                if (parser.TryConsume("..."))
                {
                    varArg = true;
                    break;
                }

                at = parser.CurrentLocation;
                var parameter = ParseNested(parser);
                parameters.Add(
                    parameter is LlvmVoidType or LlvmFunctionType
                        ? throw parser.Error($"a parameter cannot have type {parameter}", at)
                        : parameter
                );
            } while (parser.TryConsume(","));
            parser.Expect(")");
        }

        parser.Expect(">");
        return LlvmFunctionType.Get(result, [.. parameters], varArg);
    }
}

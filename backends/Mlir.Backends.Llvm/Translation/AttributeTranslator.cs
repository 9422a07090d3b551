using System.Text;
using Mlir.Backends.Llvm.Interop;
using Mlir.Dialects.Llvm;
using Mlir.IR;

namespace Mlir.Backends.Llvm.Translation;

/// <summary>What functions and their parameters promise → LLVM's attributes.</summary>
internal sealed unsafe class AttributeTranslator(LLVMContextRef context, TypeTranslator types)
{
    private const uint FunctionIndex = uint.MaxValue;

    private readonly Dictionary<string, int> kinds = [];

    /// <summary>Sets everything that a function says about itself, its parameters and its result.</summary>
    public void Apply(LLVMFuncOp function, LLVMValueRef value, LlvmOptions options)
    {
        // Kernels never unwind: it spares the unwind tables, whose registration dominates linking.
        AddEnum(value, FunctionIndex, "nounwind");
        if (!function.Body.IsEmpty)
        {
            // Loops that copy stay loops: code that calls nothing can be sent anywhere.
            AddString(value, "no-builtins", "");
        }

        if (options.PreferVectorWidth is { } width)
        {
            AddString(value, "prefer-vector-width", width.ToString(System.Globalization.CultureInfo.InvariantCulture));
        }

        if (function.Passthrough is { } passthrough)
        {
            foreach (var item in passthrough.Items)
            {
                switch (item)
                {
                    case StringAttr name when Kind(name.Value) != 0:
                        AddEnum(value, FunctionIndex, name.Value);
                        break;
                    case StringAttr name:
                        AddString(value, name.Value, "");
                        break;
                    case ArrayAttr { Items: [StringAttr key, StringAttr text] }:
                        AddKeyed(value, key.Value, text.Value);
                        break;
                }
            }
        }

        foreach (var (flag, name) in FunctionFlags)
        {
            if (function.GetAttribute(flag) is UnitAttr)
            {
                AddEnum(value, FunctionIndex, name);
            }
        }

        if (function.GetAttribute("target_cpu") is StringAttr cpu)
        {
            AddString(value, "target-cpu", cpu.Value);
        }

        if (function.GetAttribute("prefer_vector_width") is StringAttr preferred)
        {
            AddString(value, "prefer-vector-width", preferred.Value);
        }

        ApplyTo(value, function.ArgAttrs, 1);
        ApplyTo(value, function.ResAttrs, 0);
    }

    /// <summary>Has a function replace the calls of it, where nothing forbids that.</summary>
    public void Inline(LLVMValueRef function)
    {
        if (LLVM.LLVMGetEnumAttributeAtIndex(function, FunctionIndex, Kind("noinline")) == default)
        {
            AddEnum(function, FunctionIndex, "alwaysinline");
        }
    }

    /// <summary>Says how an argument of a call, an address, is aligned.</summary>
    public void AlignArgument(LLVMValueRef call, int argument, long alignment) =>
        LLVM.LLVMAddCallSiteAttribute(
            call,
            (uint)argument + 1,
            LLVM.LLVMCreateEnumAttribute(context, Kind("align"), (ulong)alignment)
        );

    /// <summary>Says that the threads of a group come to a call together, so that it must stay where it is.</summary>
    public void MakeConvergent(LLVMValueRef call) =>
        LLVM.LLVMAddCallSiteAttribute(
            call,
            FunctionIndex,
            LLVM.LLVMCreateEnumAttribute(context, Kind("convergent"), 0)
        );

    /// <summary>The op's unit attribute, and LLVM's name for it.</summary>
    private static readonly (string Attribute, string Name)[] FunctionFlags =
    [
        ("always_inline", "alwaysinline"),
        ("no_inline", "noinline"),
        ("optimize_none", "optnone"),
        ("will_return", "willreturn"),
        ("noreturn", "noreturn"),
        ("inline_hint", "inlinehint"),
        ("hot", "hot"),
        ("cold", "cold"),
        ("convergent", "convergent"),
    ];

    private void ApplyTo(LLVMValueRef value, ArrayAttr? dictionaries, uint first)
    {
        for (var i = 0; i < (dictionaries?.Items.Count ?? 0); i++)
        {
            if (dictionaries!.Items[i] is not DictionaryAttr dictionary)
            {
                continue;
            }

            foreach (var item in dictionary.Items)
            {
                if (item.Name.StartsWith("llvm.", StringComparison.Ordinal))
                {
                    ApplyToParameter(value, first + (uint)i, item.Name["llvm.".Length..], item.Value);
                }
            }
        }
    }

    private void ApplyToParameter(LLVMValueRef value, uint index, string name, IrAttribute argument)
    {
        switch (argument)
        {
            // LLVM 21 replaced the flag by a set of what may be captured, in which none is zero.
            case UnitAttr when name == "nocapture" && Kind(name) == 0:
                AddEnum(value, index, "captures");
                break;
            case UnitAttr:
                AddEnum(value, index, name);
                break;
            case IntegerAttr number:
                AddEnum(value, index, name, (ulong)number.Int64);
                break;
            case TypeAttr type when Kind(name) is not 0 and var kind:
                LLVM.LLVMAddAttributeAtIndex(
                    value,
                    index,
                    LLVM.LLVMCreateTypeAttribute(context, kind, types.Translate(type.Value))
                );
                break;
        }
    }

    private void AddKeyed(LLVMValueRef value, string key, string text)
    {
        if (Kind(key) != 0 && ulong.TryParse(text, out var number))
        {
            AddEnum(value, FunctionIndex, key, number);
        }
        else
        {
            AddString(value, key, text);
        }
    }

    /// <summary>Adds a promise; one that this version of LLVM does not know is dropped, which is always safe.</summary>
    private void AddEnum(LLVMValueRef value, uint index, string name, ulong argument = 0)
    {
        if (Kind(name) is not 0 and var kind)
        {
            LLVM.LLVMAddAttributeAtIndex(value, index, LLVM.LLVMCreateEnumAttribute(context, kind, argument));
        }
    }

    private void AddString(LLVMValueRef value, string key, string text)
    {
        var keyBytes = Encoding.UTF8.GetBytes(key);
        var textBytes = Encoding.UTF8.GetBytes(text);
        fixed (
            byte* first = keyBytes,
                second = textBytes
        )
        {
            LLVM.LLVMAddAttributeAtIndex(
                value,
                FunctionIndex,
                LLVM.LLVMCreateStringAttribute(context, first, (uint)keyBytes.Length, second, (uint)textBytes.Length)
            );
        }
    }

    private uint Kind(string name)
    {
        if (!kinds.TryGetValue(name, out var kind))
        {
            kinds[name] = kind = (int)LLVM.LLVMGetEnumAttributeKindForName(name, (nuint)name.Length);
        }

        return (uint)kind;
    }
}

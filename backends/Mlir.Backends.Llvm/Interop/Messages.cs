using System.Runtime.InteropServices;

namespace Mlir.Backends.Llvm.Interop;

/// <summary>Turns the strings and errors that LLVM hands over into .NET's, and disposes of them.</summary>
internal static unsafe class Messages
{
    /// <summary>Copies a string that LLVM allocated, and frees it.</summary>
    public static string Take(byte* message)
    {
        if (message == null)
        {
            return "";
        }

        var text = Marshal.PtrToStringUTF8((nint)message) ?? "";
        LLVM.LLVMDisposeMessage(message);
        return text;
    }

    /// <summary>The text of an error value, which is consumed; null for success.</summary>
    public static string? Take(LLVMErrorRef error)
    {
        if (error.Value == 0)
        {
            return null;
        }

        var message = LLVM.LLVMGetErrorMessage(error);
        var text = Marshal.PtrToStringUTF8((nint)message) ?? "unknown error";
        LLVM.LLVMDisposeErrorMessage(message);
        return text;
    }

    /// <summary>Throws when an error value says so.</summary>
    public static void Check(LLVMErrorRef error, string doing)
    {
        if (Take(error) is { } text)
        {
            throw new LlvmException($"{doing}: {text}");
        }
    }
}

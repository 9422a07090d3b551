using System.Runtime.InteropServices;

namespace Mlir.Backends.Llvm;

/// <summary>Machine code in memory. It lives as long as this object; a delegate made from it must keep this object alive.</summary>
public sealed class NativeCode : IDisposable
{
    private readonly SafeHandle owner;
    private readonly IReadOnlyList<string> symbols;
    private readonly nint[] addresses;

    internal NativeCode(SafeHandle owner, IReadOnlyList<string> symbols, nint[] addresses)
    {
        this.owner = owner;
        this.symbols = symbols;
        this.addresses = addresses;
    }

    /// <summary>The functions that can be called, by name.</summary>
    public IReadOnlyList<string> Functions => symbols;

    /// <summary>Frees the code. Nothing may be running in it.</summary>
    public void Dispose() => owner.Dispose();

    /// <summary>The entry point of a function, or zero if there is none of this name.</summary>
    internal nint Find(string function)
    {
        ObjectDisposedException.ThrowIf(owner.IsClosed, this);
        for (var i = 0; i < addresses.Length; i++)
        {
            if (symbols[i] == function)
            {
                return addresses[i];
            }
        }

        return 0;
    }
}

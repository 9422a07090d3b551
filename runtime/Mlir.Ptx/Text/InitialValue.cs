namespace Mlir.Ptx.Text;

/// <summary>Collects a variable's first value; grows with what the text gives, not with what it announces.</summary>
internal sealed class InitialValue(int size)
{
    private readonly List<byte> bytes = [];

    public List<InitialAddress> Addresses { get; } = [];

    public bool TryAdd(ulong value, int width)
    {
        if (bytes.Count + width > size)
        {
            return false;
        }

        for (var i = 0; i < width; i++)
        {
            bytes.Add((byte)(value >> (8 * i)));
        }

        return true;
    }

    public bool TryAdd(NameSyntax target)
    {
        Addresses.Add(new(bytes.Count, target));
        return TryAdd(0, 8);
    }

    public byte[] ToArray() => [.. bytes];
}

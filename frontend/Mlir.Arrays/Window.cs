namespace Mlir.Arrays;

/// <summary>How a window moves along an axis.</summary>
internal readonly record struct Window
{
    private readonly int _stride;
    private readonly int _padding;
    private readonly int _dilation;

    /// <summary>Checks the steps.</summary>
    /// <exception cref="ArgumentException">A step is not positive, or the padding is negative.</exception>
    public Window(int stride, int padding, int dilation)
    {
        if (stride < 1 || dilation < 1 || padding < 0)
        {
            throw new ArgumentException("Stride and dilation must be positive, and the padding must not be negative.");
        }

        (_stride, _padding, _dilation) = (stride, padding, dilation);
    }

    /// <summary>How many places a window of <paramref name="size"/> elements has in an axis of <paramref name="length"/>.</summary>
    public nint Count(nint length, nint size)
    {
        var room = length + (2 * _padding) - (_dilation * (size - 1)) - 1;
        return size > 0 && room >= 0
            ? (room / _stride) + 1
            : throw new ArgumentException("The window does not fit into the input.");
    }

    /// <summary>Where element <paramref name="element"/> of the window at place <paramref name="place"/> lies; outside for padding.</summary>
    public nint Place(nint place, nint element) => (place * _stride) + (element * _dilation) - _padding;
}

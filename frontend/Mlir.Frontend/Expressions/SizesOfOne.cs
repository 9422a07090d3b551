using System.Globalization;
using Mlir.IR;

namespace Mlir.Frontend.Expressions;

/// <summary>
/// The places where a kernel brings sizes together that only a call knows. Code is made for equal sizes; where one of them turns out to be 1 and
/// broadcasts, the call fails with a mark that says the place, and goes to a version of the kernel in which that side is known to have size 1.
/// </summary>
/// <param name="shape">What the version is specialised for.</param>
internal sealed class SizesOfOne(KernelShape shape)
{
    private const char Left = 'L';
    private const char Right = 'R';

    /// <summary>How many places there are so far.</summary>
    public int Count { get; private set; }

    /// <summary>Counts a place.</summary>
    /// <param name="left">Whether the first size may be 1.</param>
    /// <param name="right">Whether the second size may be 1.</param>
    /// <returns>Which of them this version takes for 1, and what the failed check says.</returns>
    public (bool Left, bool Right, string Mark) Next(bool left, bool right)
    {
        var place = Count++;
        var sides = (left ? "L" : "") + (right ? "R" : "");
        var side = Sides(shape.Ones).GetValueOrDefault(place);
        return (side == Left, side == Right, $"{place} {sides} {Text(shape)} {shape.Ones}");
    }

    /// <summary>What to try after a check with <paramref name="mark"/> has failed.</summary>
    /// <param name="mark">The mark.</param>
    /// <param name="place">The place.</param>
    /// <param name="choices">How many versions there are to try there.</param>
    /// <returns>The shapes with what is taken for 1 next: after all of the choices nothing at this place.</returns>
    public static KernelShape After(string mark, out int place, out int choices)
    {
        var parts = mark.Split(' ');
        place = int.Parse(parts[0], CultureInfo.InvariantCulture);
        choices = parts[1].Length + 1;
        var sides = Sides(parts[3]);
        var index = sides.TryGetValue(place, out var side) ? parts[1].IndexOf(side, StringComparison.Ordinal) + 1 : 0;
        for (var later = sides.Count - 1; later >= 0; later--)
        {
            // What comes behind this place may have other numbers now.
            if (sides.GetKeyAtIndex(later) >= place)
            {
                sides.RemoveAt(later);
            }
        }

        if (index < parts[1].Length)
        {
            sides[place] = parts[1][index];
        }

        return Shape(parts[2]) with
        {
            Ones = string.Join(
                ',',
                sides.Select(s => string.Create(CultureInfo.InvariantCulture, $"{s.Key}{s.Value}"))
            ),
        };
    }

    private static SortedList<int, char> Sides(string ones)
    {
        var sides = new SortedList<int, char>();
        foreach (var item in ones.Split(',', StringSplitOptions.RemoveEmptyEntries))
        {
            sides.Add(int.Parse(item.AsSpan(..^1), CultureInfo.InvariantCulture), item[^1]);
        }

        return sides;
    }

    private static string Text(KernelShape shape) =>
        string.Join(
            ',',
            shape.Tensors!.Value.Select(t =>
                string.Join(
                    'x',
                    t.Shape.Select(n => n == ShapedType.Dynamic ? "?" : n.ToString(CultureInfo.InvariantCulture))
                )
            )
        );

    private static KernelShape Shape(string text) =>
        new(
            new EquatableArray<TensorShape>?([
                .. text.Split(',', StringSplitOptions.RemoveEmptyEntries)
                    .Select(t => new TensorShape([
                        .. t.Split('x')
                            .Select(n => n == "?" ? ShapedType.Dynamic : long.Parse(n, CultureInfo.InvariantCulture)),
                    ])),
            ])
        );
}

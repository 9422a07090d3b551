using System.Linq.Expressions;
using System.Numerics.Tensors;
using System.Runtime.InteropServices;
using Mlir.Frontend;
using Mlir.Frontend.Layouts;

namespace Mlir.Tests.Frontend;

/// <summary>How C# types flatten to leaves, and values are taken apart and put together.</summary>
public sealed class LayoutTests
{
    private readonly record struct Point(double X, double Y);

    private readonly record struct Shape(string Name, Point Center, Tensor<float> Weights, (int, DayOfWeek) Tag);

    private struct Counted(int start)
    {
        public static int Constructed;

        public int Count { get; private set; } = start + ++Constructed * 0;

        public readonly int Twice => Count * 2;
    }

    [StructLayout(LayoutKind.Explicit)]
    private struct Union
    {
        [FieldOffset(0)]
        public int Bits;

        [FieldOffset(0)]
        public float Number;
    }

    private record struct Empty;

    private record struct Linked(int Id, object Next);

    private record struct HasProperty
    {
        public int Plain { get; set; }

        public int Clamped
        {
            get;
            set => field = Math.Max(value, 0);
        }

        public int Computed
        {
            get => field + 1;
            set;
        }
    }

    [Test]
    public void Leaves_come_depth_first_with_their_paths()
    {
        var layout = TypeLayout.Of(typeof(Shape));
        Assert.That(
            layout.Leaves.Select(l => $"{l.Path}: {l.Kind} of {l.Element.ClrType.Name}, rank {l.Rank}"),
            Is.EqualTo(
                new[]
                {
                    "Name: String of Char, rank 1",
                    "Center.X: Scalar of Double, rank 0",
                    "Center.Y: Scalar of Double, rank 0",
                    "Weights: Tensor of Single, rank -1",
                    "Tag.Item1: Scalar of Int32, rank 0",
                    "Tag.Item2: Scalar of Int32, rank 0",
                }
            )
        );
        Assert.That(layout.Find("Center")!.FirstLeaf, Is.EqualTo(1));
        Assert.That(layout.Leaves[5].ClrType, Is.EqualTo(typeof(DayOfWeek)));
        Assert.That(layout.Leaves[1].NameIn("shape"), Is.EqualTo("shape.Center.X"));
        Assert.That(TypeLayout.Of(typeof(int[,])).Leaves.Single().Rank, Is.EqualTo(2));
        Assert.That(TypeLayout.Of(typeof(Point)).ToString(), Is.EqualTo("Point { double X, double Y }"));
    }

    [Test]
    public void A_value_is_read_and_built_again()
    {
        var layout = TypeLayout.Of(typeof(Shape));
        var shape = new Shape("disc", new Point(1, 2), Tensor.Create(new[] { 3f }), (4, DayOfWeek.Friday));
        var leaves = layout.Read(shape);
        Assert.That(
            leaves,
            Is.EqualTo(new object[] { "disc", 1.0, 2.0, shape.Weights, 4, DayOfWeek.Friday }).AsCollection
        );
        Assert.That(layout.Build(leaves), Is.EqualTo(shape));
        Assert.That(TypeLayout.Of(typeof(string)).Build(TypeLayout.Of(typeof(string)).Read("abc")), Is.EqualTo("abc"));
    }

    [Test]
    public void Generated_code_reads_and_builds_without_boxing()
    {
        var layout = TypeLayout.Of(typeof(Point));
        var p = Expression.Parameter(typeof(Point));
        var swap = Expression
            .Lambda<Func<Point, Point>>(
                layout.Build([TypeLayout.Read(p, layout.Leaves[1]), TypeLayout.Read(p, layout.Leaves[0])]),
                p
            )
            .Compile();
        Assert.That(swap(new Point(1, 2)), Is.EqualTo(new Point(2, 1)));
    }

    [Test]
    public void Building_runs_no_code_of_the_struct()
    {
        var before = Counted.Constructed;
        var built = (Counted)TypeLayout.Of(typeof(Counted)).Build(7);
        Assert.That((built.Count, built.Twice, Counted.Constructed), Is.EqualTo((7, 14, before)));
    }

    [Test]
    public void Wrong_values_are_refused()
    {
        var layout = TypeLayout.Of(typeof(Shape));
        Assert.Throws<InvalidCastException>(() => layout.Read(new Point(1, 2)));
        Assert.Throws<InvalidCastException>(() => TypeLayout.Of(typeof(Point)).Build(1.0, 2));
        Assert.Throws<ArgumentException>(() => TypeLayout.Of(typeof(Point)).Build(1.0));
        Assert.That(
            Assert.Throws<ArgumentNullException>(() => layout.Read(default(Shape)))!.ParamName,
            Is.EqualTo("Shape.Name")
        );
    }

    [TestCase(typeof(Linked), "'Next' of Linked: object is neither a scalar, a string")]
    [TestCase(typeof(Union), "Union has an explicit layout")]
    [TestCase(typeof(Empty), "Empty has no fields")]
    [TestCase(
        typeof(DateTime),
        "the field '_dateData' of DateTime is neither public nor behind a public auto-property"
    )]
    [TestCase(typeof(double?), "double? may be null")]
    [TestCase(typeof(Span<int>), "ref struct")]
    [TestCase(typeof(List<int>), "List<int> is neither a scalar")]
    [TestCase(typeof(string[]), "string[] is neither a scalar")]
    [TestCase(typeof(void), "void is no value")]
    [TestCase(typeof(HasProperty), "<Computed>k__BackingField")]
    public void Types_without_a_layout_say_why(Type type, string reason)
    {
        var error = Assert.Throws<UnsupportedTypeException>(() => TypeLayout.Of(type))!;
        Assert.That(error.Message, Does.Contain(reason));
        Assert.That(error.Type, Is.EqualTo(type));
        Assert.That(TypeLayout.TryGet(type, out var why), Is.Null);
        Assert.That(why, Is.EqualTo(error.Message));
    }

    [Test]
    public void Implicit_conversions_are_those_of_C_sharp()
    {
        // Expected from the language specification, §10.2.3, with nint and nuint.
        var expected = new Dictionary<Type, Type[]>
        {
            [typeof(bool)] = [],
            [typeof(sbyte)] =
            [
                typeof(short),
                typeof(int),
                typeof(long),
                typeof(nint),
                typeof(Half),
                typeof(float),
                typeof(double),
            ],
            [typeof(byte)] =
            [
                typeof(short),
                typeof(ushort),
                typeof(int),
                typeof(uint),
                typeof(long),
                typeof(ulong),
                typeof(nint),
                typeof(nuint),
                typeof(Half),
                typeof(float),
                typeof(double),
            ],
            [typeof(short)] = [typeof(int), typeof(long), typeof(nint), typeof(float), typeof(double)],
            [typeof(ushort)] =
            [
                typeof(int),
                typeof(uint),
                typeof(long),
                typeof(ulong),
                typeof(nint),
                typeof(nuint),
                typeof(float),
                typeof(double),
            ],
            [typeof(char)] =
            [
                typeof(ushort),
                typeof(int),
                typeof(uint),
                typeof(long),
                typeof(ulong),
                typeof(nint),
                typeof(nuint),
                typeof(float),
                typeof(double),
            ],
            [typeof(int)] = [typeof(long), typeof(nint), typeof(float), typeof(double)],
            [typeof(uint)] = [typeof(long), typeof(ulong), typeof(nuint), typeof(float), typeof(double)],
            [typeof(long)] = [typeof(float), typeof(double)],
            [typeof(ulong)] = [typeof(float), typeof(double)],
            [typeof(nint)] = [typeof(long), typeof(float), typeof(double)],
            [typeof(nuint)] = [typeof(ulong), typeof(float), typeof(double)],
            [typeof(Half)] = [],
            [typeof(float)] = [typeof(double)],
            [typeof(double)] = [],
        };
        foreach (var from in ScalarType.All)
        {
            Assert.That(
                ScalarType.All.Where(to => to != from && from.ConvertsImplicitlyTo(to)).Select(to => to.ClrType),
                Is.EquivalentTo(expected[from.ClrType]),
                from.ClrType.Name
            );
        }
    }
}

using System.Buffers;
using System.Numerics.Tensors;
using Mlir.Dataflow;

namespace Mlir.Tests.Dataflow.Graphs;

/// <summary>Keys are equal for what is equal, in this process and in any other, and different for everything else.</summary>
public sealed class KeyTests
{
    private static readonly Resolver Resolver = Arithmetic.NewResolver();

    private sealed class Node
    {
        public Node? Next { get; set; }

        public int Value { get; init; }
    }

    private static string KeyOf<T>(T value) => new Flow(Resolver).Input(value).Key;

    [Test]
    public void A_key_is_what_it_was_in_other_processes()
    {
        var flow = new Flow(Resolver);
        var x = flow.Input(Tensor.Create([1.0, 2, 3]));
        var y = flow.Call<Arithmetic.Offset>(
            flow.Call<Arithmetic.Scale>(x, 2.0),
            flow.Call<Arithmetic.Extremes>(x).Item(1)
        );
        Assert.That(y.Key, Is.EqualTo("ef046c38f8b31b95a8c76ebfa9c82b19"));
    }

    [Test]
    public void Equal_graphs_have_equal_keys()
    {
        Assert.That(Build(), Is.EqualTo(Build()));

        static string Build()
        {
            var flow = new Flow(Resolver);
            flow.Input(new object(), "something else");
            var x = flow.Input(Tensor.Create([1.0, 2, 3]));
            return flow.Call<Arithmetic.Scale>(flow.Call<Arithmetic.Box>(x), 2.0).Key;
        }
    }

    [Test]
    public void Other_literals_algorithms_and_contents_have_other_keys()
    {
        var flow = new Flow(Resolver);
        var x = flow.Input(Tensor.Create([1.0, 2, 3]));
        string[] keys =
        [
            x.Key,
            flow.Call<Arithmetic.Scale>(x, 2.0).Key,
            flow.Call<Arithmetic.Scale>(x, 3.0).Key,
            flow.Call<Arithmetic.Scale>(x, 0.0).Key,
            flow.Call<Arithmetic.Scale>(x, -0.0).Key,
            flow.Call<Arithmetic.Offset>(x, 2.0).Key,
            flow.CallWith<Arithmetic.Scale>([x, 2.0], plugin: "Other").Key,
            flow.Call<Arithmetic.Scale>(Tensor.Create([1.0, 2, 4]), 2.0).Key,
            flow.Call<Arithmetic.Scale>(Tensor.Create([1.0, 2, 3], [3, 1]), 2.0).Key,
            flow.Call<Arithmetic.Extremes>(x).Item(0).Key,
            flow.Call<Arithmetic.Extremes>(x).Item(1).Key,
            flow.Call<Arithmetic.Step>(1, Arithmetic.Direction.Up).Key,
            flow.Call<Arithmetic.Step>(1, Arithmetic.Direction.Down).Key,
            flow.Call<Arithmetic.Step>(1, Arithmetic.Direction.Down, "").Key,
        ];
        Assert.That(keys, Is.Unique);
        Assert.That(keys, Is.All.Match("^[0-9a-f]{32}$"));
    }

    [Test]
    public void Tensors_are_equal_by_content_whatever_their_strides()
    {
        var dense = Tensor.Create([1.0, 3, 2, 4], [2, 2]);
        var strided = Tensor.Create([1.0, 2, 3, 4], [2, 2], [1, 2]);
        Assert.That(strided[0, 1], Is.EqualTo(3));
        Assert.That(KeyOf(strided), Is.EqualTo(KeyOf(dense)));
    }

    [Test]
    public void Contents_are_told_apart()
    {
        string[] keys =
        [
            KeyOf<object?>(null),
            KeyOf(new[] { 1, 2 }),
            KeyOf(new[] { 1u, 2u }),
            KeyOf(new[] { 1, 2, 3 }),
            KeyOf(
                new[,]
                {
                    { 1, 2 },
                }
            ),
            KeyOf(
                new[,]
                {
                    { 1 },
                    { 2 },
                }
            ),
            KeyOf(new List<int> { 1, 2 }),
            KeyOf(new List<int> { 2, 1 }),
            KeyOf(new[] { "ab", "c" }),
            KeyOf(new[] { "a", "bc" }),
            KeyOf(new[] { "a", null, "bc" }),
            KeyOf((1, 2)),
            KeyOf((2, 1)),
            KeyOf(new int[][] { [1], [2] }),
            KeyOf(new int[][] { [1, 2], [] }),
            KeyOf(1.5m),
            KeyOf(new DateTime(2020, 1, 1, 0, 0, 0, DateTimeKind.Utc)),
            KeyOf(new Arithmetic.Boxed([1, 2])),
            KeyOf(new Arithmetic.Boxed([1, 3])),
            KeyOf(Tensor.Create([(1, 'x')])),
            KeyOf(Tensor.Create([(1, 'y')])),
            KeyOf(typeof(int)),
            KeyOf(true),
            KeyOf(System.Numerics.BigInteger.Pow(7, 70)),
        ];
        Assert.That(keys, Is.Unique);
    }

    [Test]
    public void Dictionaries_and_sets_are_equal_whatever_the_order_of_their_entries()
    {
        var a = new Dictionary<string, int> { ["one"] = 1, ["two"] = 2 };
        var b = new Dictionary<string, int> { ["two"] = 2, ["one"] = 1 };
        var c = new Dictionary<string, int> { ["two"] = 1, ["one"] = 2 };
        Assert.Multiple(() =>
        {
            Assert.That(KeyOf(b), Is.EqualTo(KeyOf(a)));
            Assert.That(KeyOf(c), Is.Not.EqualTo(KeyOf(a)));
            Assert.That(KeyOf(new HashSet<int> { 3, 4 }), Is.EqualTo(KeyOf(new HashSet<int> { 4, 3 })));
        });
    }

    [Test]
    public void Cycles_and_long_lists_have_keys()
    {
        var knot = new Node { Value = 1 };
        knot.Next = knot;
        var longList = new Node();
        for (var i = 0; i < 100_000; i++)
        {
            longList = new Node { Next = longList };
        }

        Assert.That(KeyOf(knot), Is.EqualTo(KeyOf(knot)));
        Assert.That(KeyOf(longList), Is.Not.EqualTo(KeyOf(knot)));
    }

    [Test]
    public void Functions_have_keys_by_their_code_and_what_they_captured()
    {
        string[] keys = [Of(1), Of(2), new Flow(Resolver).Run(() => 1).Key, new Flow(Resolver).Run(() => 2).Key];
        Assert.That(keys, Is.Unique);
        Assert.That(Of(1), Is.EqualTo(keys[0]));

        static string Of(int captured) => new Flow(Resolver).Run(() => captured).Key;
    }

    [Test]
    public void What_has_no_content_has_no_key()
    {
        var flow = new Flow(Resolver);
        var stream = flow.Input(new MemoryStream(), "stream");
        var error = Assert.Throws<NotSupportedException>(() => _ = flow.Run((object s) => 1, stream).Key);
        Assert.That(
            error!.Message,
            Is.EqualTo(
                "the input \"stream\" has no content that a key could be made of: a System.IO.MemoryStream has no content that is known"
            )
        );
        Assert.That(flow.Input(new[] { 1 }).Key, Is.EqualTo(KeyOf(new[] { 1 })));
    }

    [Test]
    public void A_part_of_a_tensor_has_the_key_of_its_elements()
    {
        var part = Tensor.Create([1.0, 2, 3, 4, 5, 6]).Slice([new NRange(2, 5)]);
        Assert.That(KeyOf(part), Is.EqualTo(KeyOf(Tensor.Create([3.0, 4, 5]))));
        Assert.That(KeyOf(part), Is.Not.EqualTo(KeyOf(Tensor.Create([1.0, 2, 3]))));
    }

    [Test]
    public void A_long_chain_has_a_key()
    {
        var flow = new Flow(Resolver);
        FlowValue value = flow.Input(0);
        for (var i = 0; i < 100_000; i++)
        {
            value = flow.Call<Arithmetic.Step>(value, Arithmetic.Direction.Up);
        }

        Assert.That(value.Key, Has.Length.EqualTo(32));
    }
}

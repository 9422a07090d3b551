using System.Numerics.Tensors;
using Mlir.Dataflow;
using static Mlir.Tests.Dataflow.Compilers.Functions;

namespace Mlir.Tests.Dataflow.Serialization;

/// <summary>Bytes that nobody who means well would send: a clear refusal each, before anything large is allocated.</summary>
public sealed class HostileBytesTests
{
    private static readonly ConcreteAlgorithm Scale = Of<Func<Tensor<double>, double, Tensor<double>>>(
        "Scale",
        (x, by) => x * by
    );

    private static readonly Tensor<double> X = Tensor.Create([1.0, 2]);

    private static byte[] Kernel(byte flat, Action<SerializedWriter> types, string module, int? length = null)
    {
        var writer = new SerializedWriter();
        writer.WriteByte(flat);
        types(writer);
        var text = System.Text.Encoding.UTF8.GetBytes(module);
        var packed = new byte[text.Length + 100];
        System.IO.Compression.BrotliEncoder.TryCompress(text, packed, out var size);
        writer.WriteNumber(length ?? text.Length);
        writer.WriteNumber(size);
        writer.WriteBytes(packed.AsSpan(0, size));
        return Envelope.Wrap(SerializedKind.Kernel, writer.Written);
    }

    // (Tensor<double>) → (Tensor<double>), the first result once.
    private static void TensorToTensor(SerializedWriter writer) => writer.WriteBytes([1, 33, 12, 1, 33, 12, 1, 0]);

    [Test]
    public void Every_changed_byte_and_every_cut_is_noticed()
    {
        var bytes = PortableTask.Of(Scale).ToBytes([X, 2.0], out _);
        for (var i = 0; i < bytes.Length; i++)
        {
            var changed = (byte[])bytes.Clone();
            changed[i] ^= 0x10;
            Assert.Throws<SerializationException>(() => SerializedTask.Read(changed), $"byte {i}");
            Assert.Throws<SerializationException>(() => SerializedTask.Read(bytes.AsSpan(0, i)), $"cut at {i}");
        }
    }

    [Test]
    public void Random_contents_with_a_right_hash_are_refused_or_read()
    {
        var random = new Random(1);
        for (var i = 0; i < 1000; i++)
        {
            var contents = new byte[random.Next(40)];
            random.NextBytes(contents);
            for (var kind = 0; kind < 5; kind++)
            {
                var bytes = Envelope.Wrap((SerializedKind)kind, contents);
                Try(() => SerializedTask.Read(bytes));
                Try(() => SerializedValues.Read(bytes));
            }
        }

        static void Try(Action read)
        {
            try
            {
                read();
            }
            catch (SerializationException)
            {
                // What the test allows.
            }
        }
    }

    [Test]
    public void Lengths_are_checked_before_anything_is_allocated()
    {
        // One int[] of 2³⁰ elements, one Tensor<double> of 2³¹ × 2³¹, one string of 2⁴⁰ characters.
        foreach (
            byte[] contents in new byte[][]
            {
                [1, 65, 3, 0x80, 0x80, 0x80, 0x80, 0x04],
                [1, 33, 12, 2, 0xc7, 0xff, 0xff, 0xff, 0x07, 0xc7, 0xff, 0xff, 0xff, 0x07],
                [1, 32, 0x80, 0x80, 0x80, 0x80, 0x80, 0x20],
                [0xff, 0xff, 0xff, 0xff, 0x7f],
            }
        )
        {
            var before = GC.GetAllocatedBytesForCurrentThread();
            Assert.Throws<SerializationException>(() =>
                SerializedValues.Read(Envelope.Wrap(SerializedKind.Values, contents))
            );
            Assert.That(GC.GetAllocatedBytesForCurrentThread() - before, Is.LessThan(1 << 20));
        }

        Assert.Throws<SerializationException>(() =>
            SerializedTask.Read(Kernel(1, TensorToTensor, "module {}", length: int.MaxValue))
        );
        Assert.Throws<SerializationException>(() =>
            SerializedValues.Read(SerializedValues.Write(new byte[100]), new SerializationLimits { MaxBytes = 64 })
        );
    }

    [TestCase("func.func @other(%x: tensor<?xf64>) -> tensor<?xf64> { return %x : tensor<?xf64> }", "there is none")]
    [TestCase(
        "func.func @main(%x: tensor<?xf32>) -> tensor<?xf64> { %c = arith.constant 0 : index %d = tensor.dim %x, %c : tensor<?xf32> %e = tensor.empty(%d) : tensor<?xf64> return %e : tensor<?xf64> }",
        "parameter #0"
    )]
    [TestCase(
        "func.func @main(%x: tensor<?x?xf64>) -> tensor<?x?xf64> { return %x : tensor<?x?xf64> }",
        "parameter #0"
    )]
    [TestCase("func.func @main(%x: tensor<?xf64>) { return }", "it has 0 results, not 1")]
    [TestCase(
        "func.func @main(%x: tensor<?xf64>, %y: f64) -> tensor<?xf64> { return %x : tensor<?xf64> }",
        "it has 2 parameters, not 1"
    )]
    [TestCase("func.func private @f(%x: memref<?xf64>) { return }", "memref")]
    [TestCase("this is no module", "not allowed")]
    public void A_module_that_does_not_fit_or_is_not_allowed_is_refused(string module, string reason)
    {
        var task = SerializedTask.Read(Kernel(1, TensorToTensor, module));
        var error = Assert.Throws<SerializationException>(() => task.Invoke(X))!;
        Assert.That(error.Message, Does.Contain(reason));
    }

    [Test]
    public void A_module_cannot_reach_beyond_its_tensors([Values("cpu", "interpreter")] string target)
    {
        const string module = """
            func.func @main(%x: tensor<?xf64>) -> tensor<?xf64> {
              %far = arith.constant 1000000 : index
              %v = tensor.extract %x[%far] : tensor<?xf64>
              %r = tensor.insert %v into %x[%far] : tensor<?xf64>
              return %r : tensor<?xf64>
            }
            """;
        var task = SerializedTask.Read(Kernel(1, TensorToTensor, module), options: new JitOptions { Target = target });
        Assert.That(() => task.Invoke(X), Throws.Exception.Not.InstanceOf<AccessViolationException>());
    }

    [Test]
    public void Truth_values_are_0_or_1() =>
        Assert.Throws<SerializationException>(() =>
            SerializedValues.Read(Envelope.Wrap(SerializedKind.Values, [1, 0, 2]))
        );
}

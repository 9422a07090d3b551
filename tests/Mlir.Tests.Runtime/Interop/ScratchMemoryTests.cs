using Mlir.Runtime.Interop;

namespace Mlir.Tests.Runtime.Interop;

[NonParallelizable]
public sealed unsafe class ScratchMemoryTests
{
    [Test]
    public void Blocks_are_aligned_disjoint_and_writable()
    {
        var random = new Random(1);
        var live = new List<(nint Start, int Size, byte Mark)>();
        for (var round = 0; round < 5000; round++)
        {
            if (live.Count > 50)
            {
                var index = random.Next(live.Count);
                var (start, size, mark) = live[index];
                live.RemoveAt(index);
                Assert.That(new Span<byte>((void*)start, size).IndexOfAnyExcept(mark), Is.EqualTo(-1));
                ScratchMemory.Free((void*)start);
            }

            var alignment = 1 << random.Next(0, 13);
            var length = random.Next(0, 1 << random.Next(1, 16));
            var block = (nint)ScratchMemory.Allocate(length, alignment);
            Assert.That((long)block % Math.Max(64, alignment), Is.Zero);
            new Span<byte>((void*)block, length).Fill((byte)round);
            live.Add((block, length, (byte)round));
        }

        live.ForEach(block => ScratchMemory.Free((void*)block.Start));
    }

    [Test]
    public void A_freed_block_serves_the_next_request_of_its_size()
    {
        ScratchMemory.Trim();
        var first = ScratchMemory.Allocate(1_000_000, 64);
        ScratchMemory.Free(first);
        Assert.That(ScratchMemory.KeptBytes, Is.InRange(1_000_000, 1_250_000));
        var second = ScratchMemory.Allocate(999_000, 64);
        Assert.That((nint)second, Is.EqualTo((nint)first));
        Assert.That(ScratchMemory.KeptBytes, Is.Zero);
        ScratchMemory.Free(second);
        ScratchMemory.Trim();
        Assert.That(ScratchMemory.KeptBytes, Is.Zero);
    }

    [Test]
    public void What_is_kept_has_a_limit()
    {
        ScratchMemory.Trim();
        var blocks = Enumerable.Range(0, 10).Select(_ => (nint)ScratchMemory.Allocate(60 << 20, 64)).ToList();
        blocks.ForEach(block => ScratchMemory.Free((void*)block));
        Assert.That(ScratchMemory.KeptBytes, Is.InRange(60 << 20, ScratchMemory.KeepAtMost));
        ScratchMemory.Trim();
    }

    [TestCase(-1L, 64L)]
    [TestCase(long.MaxValue, 64L)]
    [TestCase(64L, 48L)]
    [TestCase(64L, 1L << 40)]
    public void Nonsense_is_out_of_memory(long bytes, long alignment) =>
        Assert.That(
            () => ScratchMemory.Free(ScratchMemory.Allocate(bytes, alignment)),
            Throws.TypeOf<OutOfMemoryException>()
        );
}

using System.Collections.Immutable;
using Mlir.Lowering.Gpu;

namespace Mlir.Backends.Gpu.Execution;

/// <summary>A program as bytes, for processes to come. Everything in it is text or a list of numbers.</summary>
internal static class ProgramBytes
{
    /// <summary>The bytes of a program.</summary>
    public static byte[] Write(GpuProgram program)
    {
        using var bytes = new MemoryStream();
        using var writer = new BinaryWriter(bytes);
        writer.Write7BitEncodedInt(program.Functions.Length);
        foreach (var plan in program.Functions)
        {
            writer.Write(plan.Name);
            Write(writer, [plan.SlotCount, plan.BufferCount]);
            WriteAll(writer, plan.Parameters, static p => [p.Buffer, p.ElementSize, .. p.Slots]);
            WriteAll(writer, plan.Results, static r => [r.Buffer, r.ElementSize, r.IsArray ? 1 : 0, .. r.Slots]);
            WriteAll(writer, plan.Steps, Numbers);
        }

        writer.Write7BitEncodedInt(program.Kernels.Length);
        foreach (var kernel in program.Kernels)
        {
            writer.Write(kernel.Name);
            writer.Write(kernel.Place);
            Write(writer, [kernel.BlockSize, kernel.CanFail ? 1 : 0, .. kernel.Parameters.Select(static p => (long)p)]);
        }

        writer.Flush();
        return bytes.ToArray();
    }

    /// <summary>The program that <see cref="Write(GpuProgram)"/> wrote; null for other bytes.</summary>
    public static GpuProgram? Read(ReadOnlyMemory<byte> bytes)
    {
        try
        {
            using var reader = new BinaryReader(new MemoryStream(bytes.ToArray()));
            var program = new GpuProgram(
                ReadList(reader, ReadPlan),
                ReadList(
                    reader,
                    static r =>
                        (r.ReadString(), r.ReadString(), ReadNumbers(r))
                            is ({ } name, { } place, [var threads, var fails, .. var kinds])
                            ? new KernelInfo(
                                name,
                                [.. kinds.Select(static kind => (KernelParameterKind)kind)],
                                (int)threads,
                                fails != 0,
                                place
                            )
                            : throw new InvalidDataException()
                )
            );
            return reader.BaseStream.Position == bytes.Length ? program : null;
        }
        catch (Exception damaged) when (damaged is IOException or InvalidDataException or FormatException)
        {
            return null;
        }
    }

    private static LaunchPlan ReadPlan(BinaryReader reader) =>
        (reader.ReadString(), ReadNumbers(reader)) is ({ } name, [var slots, var buffers])
            ? new LaunchPlan(
                name,
                ReadList(
                    reader,
                    static r =>
                        ReadNumbers(r) is [var buffer, var size, .. var own]
                            ? new PlanParameter((int)buffer, (int)size, [.. own.Select(static s => (int)s)])
                            : throw new InvalidDataException()
                ),
                ReadList(
                    reader,
                    static r =>
                        ReadNumbers(r) is [var buffer, var size, var isArray, .. var own]
                            ? new PlanResult((int)buffer, (int)size, isArray != 0, [.. own.Select(static s => (int)s)])
                            : throw new InvalidDataException()
                ),
                (int)slots,
                (int)buffers,
                ReadList(reader, static r => Step(ReadNumbers(r)))
            )
            : throw new InvalidDataException();

    // Patterns by position: a step that has learned something does not fit any more.
    private static long[] Numbers(PlanStep step) =>
        step switch
        {
            AllocateStep(var buffer, var elements, var size, var result) => [0, buffer, elements, size, result],
            FreeStep(var buffer) => [1, buffer],
            ConstantStep(var target, var value) => [2, target, value],
            ComputeStep(var target, var operation, var first, var second, var third) =>
            [
                3,
                target,
                (long)operation,
                first,
                second,
                third,
            ],
            ReadStep(var target, var buffer, var position, var size) => [4, target, buffer, position, size],
            AssertStep(var condition, var error) => [5, condition, error],
            JumpStep(var to) => [6, to],
            BranchStep(var condition, var to) => [7, condition, to],
            LaunchStep(var kernel, var blocks, var arguments, var shared) =>
            [
                8,
                kernel,
                blocks,
                shared,
                .. arguments.Select(static a => a.IsBuffer ? (2L * a.Number) + 1 : 2L * a.Number),
            ],
            MoveStep(var target, var source) => [9, target, source],
            _ => throw new ArgumentException($"A plan holds an unknown step, {step}.", nameof(step)),
        };

    private static PlanStep Step(long[] numbers) =>
        numbers switch
        {
            [0, var buffer, var elements, var size, var result] => new AllocateStep(
                (int)buffer,
                (int)elements,
                (int)size,
                (int)result
            ),
            [1, var buffer] => new FreeStep((int)buffer),
            [2, var target, var value] => new ConstantStep((int)target, value),
            [3, var target, var operation, var first, var second, var third] => new ComputeStep(
                (int)target,
                (PlanOperation)operation,
                (int)first,
                (int)second,
                (int)third
            ),
            [4, var target, var buffer, var position, var size] => new ReadStep(
                (int)target,
                (int)buffer,
                (int)position,
                (int)size
            ),
            [5, var condition, var error] => new AssertStep((int)condition, (int)error),
            [6, var step] => new JumpStep((int)step),
            [7, var condition, var step] => new BranchStep((int)condition, (int)step),
            [8, var kernel, var blocks, var shared, .. var arguments] => new LaunchStep(
                (int)kernel,
                (int)blocks,
                [.. arguments.Select(static a => new PlanArgument((a & 1) != 0, (int)(a >> 1)))],
                (int)shared
            ),
            [9, var target, var source] => new MoveStep((int)target, (int)source),
            _ => throw new InvalidDataException(),
        };

    private static void WriteAll<T>(BinaryWriter writer, ImmutableArray<T> items, Func<T, long[]> numbers)
    {
        writer.Write7BitEncodedInt(items.Length);
        foreach (var item in items)
        {
            Write(writer, numbers(item));
        }
    }

    private static void Write(BinaryWriter writer, long[] numbers)
    {
        writer.Write7BitEncodedInt(numbers.Length);
        foreach (var number in numbers)
        {
            writer.Write7BitEncodedInt64(number);
        }
    }

    private static ImmutableArray<T> ReadList<T>(BinaryReader reader, Func<BinaryReader, T> read)
    {
        var items = ImmutableArray.CreateBuilder<T>();
        for (var left = ReadCount(reader); left > 0; left--)
        {
            items.Add(read(reader));
        }

        return items.ToImmutable();
    }

    private static long[] ReadNumbers(BinaryReader reader)
    {
        var numbers = new long[ReadCount(reader)];
        for (var i = 0; i < numbers.Length; i++)
        {
            numbers[i] = reader.Read7BitEncodedInt64();
        }

        return numbers;
    }

    /// <summary>A count, of which each item takes a byte at least.</summary>
    private static int ReadCount(BinaryReader reader)
    {
        var count = reader.Read7BitEncodedInt();
        return count >= 0 && count <= reader.BaseStream.Length - reader.BaseStream.Position
            ? count
            : throw new InvalidDataException();
    }
}

using System.Collections.Immutable;
using System.Runtime.Versioning;
using Mlir.Backends;
using Mlir.Backends.Cpu;
using Mlir.Backends.Storage;
using Mlir.Dialects;
using Mlir.Dialects.Builtin;
using Mlir.IR.Text;
using Mlir.Runtime;

namespace Mlir.Tests.Backends.Cpu;

/// <summary>Machine code that one process leaves for the next.</summary>
public sealed class CodeStoreTests
{
    private const string Divide = """
        func.func @main(%a: i32, %b: i32) -> i32 {
          %zero = arith.constant 0 : i32
          %fine = arith.cmpi ne, %b, %zero : i32
          cf.assert %fine, "System.DivideByZeroException: Attempted to divide by zero."
          %q = arith.divsi %a, %b : i32
          return %q : i32
        }
        """;

    private static readonly CompilationKey Key = CompilationKey.Of("key");

    private string folder = "";
    private CodeStore store = null!;

    [SetUp]
    public void CreateFolder()
    {
        folder = Directory.CreateTempSubdirectory("mlir-store").FullName;
        store = new CodeStore(Path.Combine(folder, "cache"));
    }

    [TearDown]
    public void DeleteFolder() => Directory.Delete(folder, recursive: true);

    [Test]
    public void A_second_compiler_loads_what_the_first_one_compiled()
    {
        var emitted = 0;
        var first = CompilerThatCounts(() => emitted++).Compile(Parse(Divide), store: store);
        var second = CompilerThatCounts(() => emitted++).Compile(Parse(Divide), store: store);
        Assert.Multiple(() =>
        {
            Assert.That(emitted, Is.EqualTo(1));
            Assert.That(second, Is.Not.SameAs(first));
            Assert.That(second.Invoke("main", 42, 5), Is.EqualTo(new object[] { 8 }));
            Assert.That(second.FindNative("main")!.Direct, Is.Not.Zero, "direct entry points survive, too");
            Assert.That(() => second.Invoke("main", 1, 0), Throws.TypeOf<DivideByZeroException>());
            Assert.That(second.Errors, Is.EqualTo(first.Errors));
        });
    }

    [Test]
    public void Other_code_and_other_options_are_other_entries()
    {
        var emitted = 0;
        CompilerThatCounts(() => emitted++).Compile(Parse(Divide), store: store);
        CompilerThatCounts(() => emitted++).Compile(Parse(Divide.Replace("divsi", "remsi")), store: store);
        CompilerThatCounts(() => emitted++, new CpuOptions { Optimization = Mlir.Backends.Llvm.LlvmOptimization.None })
            .Compile(Parse(Divide), store: store);
        Assert.That((emitted, store.Contents.Count), Is.EqualTo((3, 3)));
    }

    [Test]
    public void Without_a_store_nothing_is_written()
    {
        new CompilerBuilder().UseCpu().Build().Compile(Parse(Divide));
        Assert.That(Directory.Exists(store.Folder), Is.False);
    }

    [Test]
    public void Everything_that_is_kept_comes_back()
    {
        var code = Code(symbols: ["a", "größer"], size: 1000);
        store.Keep(Key, code);
        var found = store.Find(Key)!;
        Assert.Multiple(() =>
        {
            Assert.That(
                found.Functions.Select(f => $"{f.Name} {f.Signature}"),
                Is.EqualTo(code.Functions.Select(f => $"{f.Name} {f.Signature}"))
            );
            Assert.That(found.Errors, Is.EqualTo(code.Errors));
            Assert.That(found.Symbols, Is.EqualTo(code.Symbols));
            Assert.That(
                found.ObjectFiles.Select(o => o.ToArray()),
                Is.EqualTo(code.ObjectFiles.Select(o => o.ToArray()))
            );
            Assert.That(store.Find(CompilationKey.Of("another")), Is.Null);
        });
    }

    [Test]
    public void A_file_with_any_wrong_byte_is_dropped()
    {
        store.Keep(Key, Code(size: 20));
        var path = OnlyFile();
        var good = File.ReadAllBytes(path);
        for (var i = 0; i < good.Length; i++)
        {
            var bad = (byte[])good.Clone();
            bad[i] ^= 0x40;
            File.WriteAllBytes(path, bad);
            Assert.That(store.Find(Key), Is.Null, $"byte {i} of {good.Length}");
            Assert.That(File.Exists(path), Is.False);
        }

        File.WriteAllBytes(path, good);
        Assert.That(store.Find(Key), Is.Not.Null);
    }

    [Test]
    public void A_file_of_any_other_length_is_dropped()
    {
        store.Keep(Key, Code(size: 20));
        var path = OnlyFile();
        var good = File.ReadAllBytes(path);
        for (var length = 0; length < good.Length; length++)
        {
            File.WriteAllBytes(path, good[..length]);
            Assert.That(store.Find(Key), Is.Null, $"{length} bytes of {good.Length}");
        }

        File.WriteAllBytes(path, [.. good, 0]);
        Assert.That(store.Find(Key), Is.Null);
    }

    /// <summary>The checksum does not protect from a writer who computes it: lengths and kinds are checked as they are read.</summary>
    [Test]
    public void A_body_that_lies_about_its_lengths_is_refused_whatever_its_checksum_says()
    {
        var good = StoredCodeWriter.Write(Key, Code(size: 20));
        for (var i = StoredCodeWriter.HeaderSize; i < good.Length - 20; i++)
        {
            foreach (var value in (byte[])[0, 0x7F, 0xFF])
            {
                var body = good[StoredCodeWriter.HeaderSize..];
                body[i - StoredCodeWriter.HeaderSize] = value;
                var forged = new byte[good.Length];
                StoredCodeWriter.WriteHeader(forged, Key, body);
                body.CopyTo(forged, StoredCodeWriter.HeaderSize);
                Assert.That(() => StoredCodeReader.Read(Key, forged), Throws.Nothing, $"byte {i} = {value}");
            }
        }
    }

    [Test]
    public void Code_that_cannot_be_linked_is_compiled_again()
    {
        var compiler = new CompilerBuilder().UseCpu().Build();
        compiler.Compile(Parse(Divide), store: store);

        // The right key and checksum around something that is no object file.
        var path = OnlyFile();
        var key = new CompilationKey(
            UInt128.Parse(Path.GetFileNameWithoutExtension(path), System.Globalization.NumberStyles.HexNumber)
        );
        store.Keep(key, store.Find(key)! with { ObjectFiles = [new byte[] { 1, 2, 3 }] });
        var emitted = 0;
        var module = CompilerThatCounts(() => emitted++).Compile(Parse(Divide), store: store);
        Assert.Multiple(() =>
        {
            Assert.That(emitted, Is.EqualTo(1));
            Assert.That(module.Invoke("main", 42, 5), Is.EqualTo(new object[] { 8 }));
            Assert.That(store.Find(key)!.ObjectFiles[0].Length, Is.GreaterThan(3), "replaced");
        });
    }

    [Test, Platform(Exclude = "Win"), UnsupportedOSPlatform("windows")]
    public void The_folder_is_the_users_alone()
    {
        store.Keep(Key, Code());
        const UnixFileMode Others = ~(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        Assert.That(File.GetUnixFileMode(store.Folder) & Others, Is.EqualTo(UnixFileMode.None));
        Assert.That(File.GetUnixFileMode(OnlyFile()) & Others, Is.EqualTo(UnixFileMode.None));
    }

    [Test, Platform(Exclude = "Win"), UnsupportedOSPlatform("windows")]
    public void A_folder_that_others_may_write_to_is_not_used()
    {
        store.Keep(Key, Code());
        File.SetUnixFileMode(store.Folder, File.GetUnixFileMode(store.Folder) | UnixFileMode.OtherWrite);
        var again = new CodeStore(store.Folder);
        again.Keep(CompilationKey.Of("another"), Code());
        Assert.That(again.Find(Key), Is.Null);
        Assert.That(again.Contents.Count, Is.EqualTo(1));
    }

    [Test, Platform(Exclude = "Win"), UnsupportedOSPlatform("windows")]
    public void A_file_that_others_may_write_to_is_not_loaded()
    {
        store.Keep(Key, Code());
        File.SetUnixFileMode(OnlyFile(), File.GetUnixFileMode(OnlyFile()) | UnixFileMode.GroupWrite);
        Assert.That(store.Find(Key), Is.Null);
    }

    [Test, Platform("Linux")]
    public void A_folder_of_another_user_is_not_used() =>
        Assert.That(
            new[] { "/", "/proc/1" }.Select(Mlir.Backends.Interop.FileOwner.IsMine),
            Is.All.EqualTo(Environment.IsPrivilegedProcess)
        );

    [Test]
    public void A_folder_that_cannot_be_made_is_no_error()
    {
        File.WriteAllText(Path.Combine(folder, "file"), "");
        var impossible = new CodeStore(Path.Combine(folder, "file", "cache"));
        impossible.Keep(Key, Code());
        Assert.That(impossible.Find(Key), Is.Null);
        Assert.That(impossible.Contents, Is.EqualTo((0, 0L)));
    }

    [Test]
    public void What_was_not_used_for_longest_goes_first()
    {
        var small = new CodeStore(store.Folder, limit: 10_000);
        var keys = Enumerable.Range(0, 12).Select(i => CompilationKey.Of($"{i}")).ToArray();
        for (var i = 0; i < 9; i++)
        {
            small.Keep(keys[i], Code(size: 900));
            File.SetLastWriteTimeUtc(PathOf(keys[i]), DateTime.UtcNow.AddDays(i - 20));
        }

        Assert.That(small.Find(keys[0]), Is.Not.Null); // used just now
        small.Keep(keys[9], Code(size: 900));
        small.Keep(keys[10], Code(size: 900));
        Assert.Multiple(() =>
        {
            Assert.That(small.Contents.Bytes, Is.LessThanOrEqualTo(10_000));
            Assert.That(small.Find(keys[0]), Is.Not.Null);
            Assert.That(small.Find(keys[1]), Is.Null);
            Assert.That(small.Find(keys[10]), Is.Not.Null);
        });
    }

    [Test]
    public void Clearing_leaves_nothing()
    {
        store.Keep(Key, Code());
        Assert.That(store.Clear().Count, Is.EqualTo(1));
        Assert.That(store.Find(Key), Is.Null);
        Assert.That(store.Contents, Is.EqualTo((0, 0L)));
    }

    [Test]
    public void Readers_beside_many_writers_see_whole_files_only()
    {
        var codes = Enumerable.Range(0, 4).Select(i => Code(size: 50_000 + i)).ToArray();
        var wrong = 0;
        Parallel.For(
            0,
            200,
            i =>
            {
                var own = new CodeStore(store.Folder); // as processes have it: no common lock
                own.Keep(Key, codes[i % 4]);
                if (own.Find(Key) is not { ObjectFiles: [{ Length: >= 50_000 and < 50_004 }, ..] })
                {
                    Interlocked.Increment(ref wrong);
                }
            }
        );
        Assert.That(wrong, Is.Zero);
        Assert.That(store.Contents.Count, Is.EqualTo(1));
        Assert.That(Directory.EnumerateFiles(folder, "*.part", SearchOption.AllDirectories), Is.Empty);
    }

    private static ModuleOp Parse(string text) => (ModuleOp)MlirText.Parse(text, AllDialects.Registry).Value!;

    private static Compiler CompilerThatCounts(Action emitted, CpuOptions? options = null)
    {
        var cpu = CpuBackend.Create(options);
        return new CompilerBuilder()
            .Add(
                cpu with
                {
                    Code = cpu.Code! with
                    {
                        Emit = lowered =>
                        {
                            emitted();
                            return cpu.Code.Emit(lowered);
                        },
                    },
                }
            )
            .Build();
    }

    private static StoredCode Code(ImmutableArray<string>? symbols = null, int size = 10) =>
        new(
            [
                new FunctionInterface(
                    "main",
                    new KernelSignature(
                        [new KernelParameter(ElementType.Float64, 2), new KernelParameter(ElementType.Int32)],
                        [new KernelParameter(ElementType.Bool, 0)]
                    )
                ),
            ],
            [new KernelError("System.OverflowException", "Too much", "Program.cs(3): x * y")],
            symbols ?? ["main"],
            [Enumerable.Range(0, size).Select(i => (byte)i).ToArray(), new byte[] { 7 }]
        );

    private string OnlyFile() => Directory.EnumerateFiles(folder, "*.code", SearchOption.AllDirectories).Single();

    private string PathOf(CompilationKey key) =>
        Directory.EnumerateFiles(folder, $"{key}.code", SearchOption.AllDirectories).Single();
}

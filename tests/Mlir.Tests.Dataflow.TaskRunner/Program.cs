// The other process of the serialization tests: runs one task from its bytes. It knows no plugin unless it is told one.
//   TaskRunner TASK ARGUMENTS RESULTS TARGET [ASSEMBLY PLUGIN]
using System.Runtime.Loader;
using Mlir;
using Mlir.Dataflow;

var resolver = new Resolver();
if (args.Length > 4)
{
    var assembly = AssemblyLoadContext.Default.LoadFromAssemblyPath(Path.GetFullPath(args[4]));
    resolver.AddPlugin(assembly.GetType(args[5], throwOnError: true)!);
}

try
{
    var task = SerializedTask.Read(File.ReadAllBytes(args[0]), resolver, new JitOptions { Target = args[3] });
    var results = task.Invoke(SerializedValues.Read(File.ReadAllBytes(args[1])));
    File.WriteAllBytes(args[2], SerializedValues.Write(results));
    return 0;
}
catch (Exception e)
{
    Console.Error.WriteLine($"{e.GetType().Name}: {e.Message}");
    return 1;
}

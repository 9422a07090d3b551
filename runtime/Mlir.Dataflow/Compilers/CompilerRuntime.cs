namespace Mlir.Dataflow;

/// <summary>Initializes a compiler's runtime when it is first needed.</summary>
/// <param name="compiler">The compiler.</param>
internal sealed class CompilerRuntime(ICompiler compiler)
{
    // One for each compiler: one that hangs keeps no other waiting.
    private readonly Lock _gate = new();
    private volatile bool _initialized;

    /// <summary>Initializes the runtime unless that was done.</summary>
    public void Initialize()
    {
        if (_initialized)
        {
            return;
        }

        lock (_gate)
        {
            if (!_initialized)
            {
                compiler.InitializeRuntime();
                _initialized = true;
            }
        }
    }

    /// <summary>Tears the runtime down if it was initialized; a compiler that fails to is left as it is, for nobody needs it any more.</summary>
    public void Teardown()
    {
        if (!_initialized)
        {
            return;
        }

        lock (_gate)
        {
            if (_initialized)
            {
                _initialized = false;
                try
                {
                    compiler.TeardownRuntime();
                }
                catch (Exception)
                {
                    // Whatever it threw: the others are to be torn down too.
                }
            }
        }
    }
}

using System.Runtime.CompilerServices;

// Function pointers pass their arguments as they are: no marshalling of characters.
[assembly: DisableRuntimeMarshalling]

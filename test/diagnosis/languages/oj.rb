# Reads a JSON body and writes it again with Oj, in the mode that the argument names.
require 'oj'

value = Oj.load($stdin.read, mode: :compat)
print Oj.dump(value, mode: ARGV[0].to_sym)

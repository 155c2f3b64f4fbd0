## time

time-just-now = just now

## error

error-missing-required = Fill this in to go on.
error-not-a-number = “{ $value }” is not a number.
error-not-an-amount = “{ $value }” is not an amount of money in one currency.
error-not-a-date = “{ $value }” is not a date. Write it as 2026-11-22.
error-not-an-instant = “{ $value }” is not a date with a time. Write it as 2026-11-22 14:30.
error-not-a-duration = “{ $value }” is not a length of time. Write it as 1h 30m.
error-not-a-flag = “{ $value }” is neither yes nor no.
error-not-an-option = “{ $value }” is not one of the options.
error-not-a-phone = “{ $value }” is not a telephone number.
error-not-an-email = “{ $value }” is not an e-mail address.
error-not-a-url = “{ $value }” is not a web address.
error-not-a-place = “{ $value }” is not an address or position.
error-no-such-link = Nothing is called “{ $value }”.
error-ambiguous-link = { $count } records are called “{ $value }”. Pick one.
error-wrong-entity = This field does not take a record of that kind.
error-wrong-type = This value does not fit the field.
error-too-small = At least { $min }.
error-too-large = At most { $max }.
error-too-long = At most { $max } characters.
error-too-precise = At most { $max } digits after the point.
error-pattern-mismatch = This does not have the form that the field asks for.
error-not-unique = “{ $value }” is taken by { $title }.
error-check-failed = This does not meet the field’s condition.
error-read-only = This field is filled in by the workspace itself.
error-unknown-entity = There is no “{ $name }” in this workspace.
error-unknown-field = There is no field “{ $name }”.
error-unknown-record = This record is gone.
error-unknown-definition = There is no “{ $name }”.
error-record-exists = This record is there already.
error-formula-syntax = This formula cannot be read: { $detail }
error-unknown-function = There is no function { $name }.
error-argument-count = { $name } takes between { $min } and { $max } arguments, not { $found }.
error-type-mismatch = A { $expected } is wanted here, not a { $found }.
error-unknown-name = “{ $name }” is no field, link or list.
error-ambiguous-name = “{ $name }” could mean several things. Name the list by its own label.
error-formula-too-large = This formula is too long or too deep.
error-cycle = These fields compute each other in a circle: { $path }.
error-endless-rules = These rules keep waking each other: { $rules }. Nothing was changed.
error-duplicate-id = “{ $name }” is there twice.
error-still-used = “{ $name }” is still in use.
error-invalid-definition = This is not complete: { $detail }
error-nothing-to-undo = There is nothing to undo.
error-nothing-to-redo = There is nothing to redo.
error-clash = “{ $title }” has been changed since. Nothing was overwritten.
error-malformed = This cannot be read: { $detail }
error-too-new = This was made by a newer version ({ $found }; this one knows { $known }).
error-pack-installed = “{ $name }” is installed already.
error-not-saved = This could not be written: { $detail }. It is kept in memory until it can.

## toast

toast-undone = Undone.
toast-redone = Done again.
toast-clash = “{ $title }” was changed in another tab. Your change to it was not made.

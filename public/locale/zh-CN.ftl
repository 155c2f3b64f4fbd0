## time

time-just-now = 刚刚

## error

error-missing-required = 必填。
error-not-a-number = “{ $value }”不是数字。
error-not-an-amount = “{ $value }”不是金额，或币种不一致。
error-not-a-date = “{ $value }”不是日期，请写成 2026-11-22。
error-not-an-instant = “{ $value }”不是日期时间，请写成 2026-11-22 14:30。
error-not-a-duration = “{ $value }”不是时长，请写成 1小时30分钟。
error-not-a-flag = “{ $value }”既不是“是”也不是“否”。
error-not-an-option = 选项中没有“{ $value }”。
error-not-a-phone = “{ $value }”不是有效的电话号码。
error-not-an-email = “{ $value }”不是有效的邮箱地址。
error-not-a-url = “{ $value }”不是有效的网址。
error-not-a-place = “{ $value }”不是有效的地址或坐标。
error-no-such-link = 找不到名为“{ $value }”的记录。
error-ambiguous-link = 有 { $count } 条记录都叫“{ $value }”，请选一条。
error-wrong-entity = 这个字段不能关联这类记录。
error-wrong-type = 内容与字段类型不符。
error-too-small = 不能小于 { $min }。
error-too-large = 不能大于 { $max }。
error-too-long = 最多 { $max } 个字。
error-too-precise = 最多 { $max } 位小数。
error-pattern-mismatch = 格式不符合要求。
error-not-unique = “{ $value }”已被 { $title } 使用。
error-check-failed = 不满足该字段的条件。
error-read-only = 此字段由系统自动填写。
error-unknown-entity = 工作区里没有“{ $name }”。
error-unknown-field = 没有“{ $name }”这个字段。
error-unknown-record = 这条记录已不存在。
error-unknown-definition = 没有“{ $name }”。
error-record-exists = 这条记录已经存在。
error-formula-syntax = 公式无法识别：{ $detail }
error-unknown-function = 没有函数 { $name }。
error-argument-count = { $name } 需要 { $min } 到 { $max } 个参数，现在是 { $found } 个。
error-type-mismatch = 这里需要 { $expected }，不能是 { $found }。
error-unknown-name = “{ $name }”不是字段、关联或列表。
error-ambiguous-name = “{ $name }”有多种含义，请用列表自己的名称。
error-formula-too-large = 公式过长或嵌套过深。
error-cycle = 这些字段互相计算，形成循环：{ $path }。
error-endless-rules = 这些规则不断互相触发：{ $rules }。未作任何更改。
error-duplicate-id = “{ $name }”重复了。
error-still-used = “{ $name }”仍在使用中。
error-invalid-definition = 定义不完整：{ $detail }
error-nothing-to-undo = 没有可撤销的操作。
error-nothing-to-redo = 没有可重做的操作。
error-clash = “{ $title }”已被他人修改，未作覆盖。
error-malformed = 内容无法识别：{ $detail }
error-too-new = 由更新的版本生成（{ $found }，本版本支持到 { $known }）。
error-pack-installed = “{ $name }”已经安装。
error-not-saved = 未能写入磁盘：{ $detail }。内容暂存在内存中。

## toast

toast-undone = 已撤销。
toast-redone = 已重做。
toast-clash = “{ $title }”在另一个标签页中被修改，您的更改未生效。

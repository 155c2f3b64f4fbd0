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

## part
part-close = 关闭
part-messages = 消息
part-undo = 撤销
part-open = 打开

## banner
banner-retry = 重试
banner-export = 导出…
banner-reload = 重新加载
banner-not-kept = 当前浏览器不会保存数据。
banner-not-kept-do = 可以照常使用，但关闭页面后数据会丢失，离开前请先导出。
banner-quota = 存储空间已满。
banner-quota-do = 最近的改动还在内存中。请清理空间后重试，或立即导出。
banner-not-saved = 最近的改动尚未保存。
banner-not-saved-do = 改动仍在内存中。浏览器提示：{ $detail }
banner-version-changed = 另一个标签页已打开新版本。
banner-version-changed-do = 重新加载后即可继续，已保存的内容都在。
banner-blocked = 数据库正被其他标签页占用。
banner-blocked-do = 请关闭本工作区的其他标签页，然后重新加载。
banner-quarantined = 有 { $count } 条记录无法读取，已单独存放。
banner-quarantined-do = 没有删除任何内容，导出文件中包含这些记录：{ $names }
banner-update-ready = 新版本已就绪。
banner-update-ready-do = 方便时重新加载即可。

## field
field-yes = 是
field-no = 否
field-none = –
field-separator = 、
field-missing = 已删除的记录
field-untitled = 未命名
field-stars = { $count } 星，满分 { $max } 星
field-days = { $count } 天
field-hours = { $count } 小时
field-minutes = { $count } 分钟
field-seconds = { $count } 秒
field-search = 搜索…
field-no-match = 没有找到“{ $text }”
field-nothing-to-pick = 没有可选项
field-new-tag = 添加“{ $text }”
field-drop = 移除 { $name }
field-country = 国家或地区
field-region = 省份
field-city = 城市
field-postcode = 邮编
field-street = 街道、楼栋、房号
field-duration-example = 1小时30分钟
field-location-example = 22.5431, 114.0579
field-nps-least = 完全不可能
field-nps-most = 非常可能
field-drop-files = 拖放文件到此处，或
field-choose-files = 选择文件
field-reading-file = 正在读取文件…
field-file-not-kept = { $name } 未能保存，请重试。
field-sign-here = 签名区
field-keep-signature = 保存签名
field-sign-again = 重新签名
field-signed = 已签名

## form
form-new = 新建{ $name }
form-edit = 编辑 { $name }
form-create = 创建
form-save = 保存
form-cancel = 取消
form-discard = 放弃
form-leave = 还有内容未保存，再按一次 Esc 放弃。
form-more = 其他
form-refused = 未能保存
form-correct = 还有 { $count } 项需要修正
form-created = 已创建 { $name }
form-saved = 已保存 { $name }

## record
record-add = 添加…
record-edit = 编辑
record-more = 更多操作
record-edit-field = 编辑{ $name }
record-computed = 由其他字段自动计算得出。
record-read-only = 仅由规则或导入写入。
record-key-save = 保存
record-key-cancel = 取消
record-copy-link = 复制链接
record-link-copied = 已复制链接
record-print = 打印…
record-remove = 删除
record-removed = 已删除 { $name }
record-open-page = 整页打开
record-previous = 上一条 (K)
record-next = 下一条 (J)
record-details = 详情
record-timeline = 动态
record-related = 关联
record-score = 评分
record-parts = 记录内容
record-resize = 调整面板宽度
record-gone = 这条记录不在了
record-gone-say = 它可能已被删除，或链接属于另一个工作区。如果刚刚删除，可以撤销找回。
record-to-list = 返回列表
record-crumbs = 面包屑
record-region = 记录

## related
related-add = 添加关联…
related-add-one = 添加{ $name }
related-all = 查看全部 { $count } 条
related-list = 打开列表

## score
score-over = 已过 { $points } 分
score-missing = 还差 { $points } 分
score-met = 共 { $count } 项，满足 { $met } 项
score-dial = { $total } 分，满分 { $most } 分，门槛 { $threshold } 分
score-fit = 匹配度
score-engagement = 活跃度
score-nearest = 最近的提升：满足“{ $what }”，得分可到 { $total }。

## why
why-or = {" "}或{" "}
why-and = {" "}且{" "}
why-not = 并非：{ $what }
why-blank = 未填写
why-holds = 满足：
why-holds-not = 不满足：
why-equals = { $field }为“{ $value }”
why-not-equals = { $field }不是“{ $value }”
why-contains = { $field }包含“{ $value }”
why-not-contains = { $field }不包含“{ $value }”
why-starts-with = { $field }以“{ $value }”开头
why-ends-with = { $field }以“{ $value }”结尾
why-greater = { $field }大于 { $value }
why-at-least = { $field }不小于 { $value }
why-less = { $field }小于 { $value }
why-at-most = { $field }不大于 { $value }
why-between = { $field }介于 { $value } 之间
why-one-of = { $field }属于 { $value }
why-none-of = { $field }不属于 { $value }
why-empty = { $field }未填写
why-filled = { $field }已填写
why-changed = { $field }有变化

## timeline
timeline-show = 显示
timeline-all = 全部
timeline-people = 人工
timeline-automation = 规则
timeline-loading = 正在读取日志…
timeline-empty = 暂无动态
timeline-more = 再显示 { $count } 条
timeline-more-changes = 另有 { $count } 项变更
timeline-today = 今天
timeline-yesterday = 昨天
timeline-somebody = 未署名
timeline-rule = 规则
timeline-created = 创建了这条记录
timeline-removed = 删除了这条记录
timeline-imported = 通过导入更新了这条记录
timeline-undid = 撤销了一次修改
timeline-redid = 重做了一次修改
timeline-day = 随日期自动更新
timeline-changed-one = 修改了{ $field }
timeline-changed = 修改了 { $count } 个字段
timeline-before = 原值
timeline-after = 新值
timeline-why = 为什么？
timeline-why-now = 按记录当前内容核对。
timeline-why-always = 该规则没有条件，每次触发都会执行。
